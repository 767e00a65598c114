/// A zone's clock as a compiled file of the time-zone database describes it (TZif, RFC 9636; RFC 8536 before it).
///
/// Of versions 2 and later the second block is read, which has times of 64 bits and a rule for the time after them; of
/// version 1 there is the first block only.
final class TZifFile: Sendable {
    /// One of the times that a zone has or had.
    struct LocalType: Sendable, Equatable {
        /// Seconds east of Greenwich.
        let offset: Int
        /// `CEST`, `+03`
        let designation: String
    }

    /// In seconds since 1970 UTC, ascending.
    let transitions: [Int64]
    /// The place in ``types`` of the time that begins with each of ``transitions``.
    let typeOfTransition: [UInt8]
    /// The first is that before the first transition.
    let types: [LocalType]
    /// For the time after the last transition; nil where the last time stays.
    let footer: POSIXTimeZone?

    /// The most bytes a file may have: those of today have at most 4,000.
    static let most = 256 << 10

    /// - Throws: ``Fault`` for bytes that are no such file.
    init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.most else { throw Fault("it has more than \(Self.most) bytes") }
        var reader = TZifReader(bytes)
        let first = try reader.header()
        guard first.version >= 2 else {
            (transitions, typeOfTransition, types) = try reader.block(first, timeSize: 4)
            footer = nil
            return
        }
        try reader.skip(first.size(timeSize: 4))
        let second = try reader.header()
        (transitions, typeOfTransition, types) = try reader.block(second, timeSize: 8)
        let text = try reader.footer()
        if text.isEmpty {
            footer = nil
        } else {
            guard let rule = POSIXTimeZone(text) else { throw Fault("its last line is no rule") }
            footer = rule
        }
    }

    /// Seconds east of Greenwich at a moment.
    func offset(at instant: Int64) -> Int {
        guard let last = transitions.last else { return footer?.offset(at: instant) ?? types[0].offset }
        if instant >= last, let footer { return footer.offset(at: instant) }
        let index = transitions.firstIndex(after: instant)
        return index == 0 ? types[0].offset : types[Int(typeOfTransition[index - 1])].offset
    }

    /// The first moment after another at which something about the clock changes.
    func nextChange(after instant: Int64) -> Int64? {
        let index = transitions.firstIndex(after: instant)
        return index < transitions.count ? transitions[index] : footer?.nextChange(after: instant)
    }

    /// How the zone's times are called from a moment on.
    func designations(since instant: Int64) -> Set<String> {
        let index = transitions.firstIndex(after: instant)
        var used = Set(typeOfTransition[max(0, index - 1)...].map { types[Int($0)].designation })
        if transitions.isEmpty { used.insert(types[0].designation) }
        if let footer {
            used.insert(footer.designation)
            if let saving = footer.saving { used.insert(saving.designation) }
        }
        return used
    }

    /// What is wrong with a file.
    struct Fault: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}

/// Reads a TZif file from its beginning; each step says what is missing.
private struct TZifReader {
    typealias Fault = TZifFile.Fault

    struct Header {
        let version: Int
        let universal: Int
        let standard: Int
        let leaps: Int
        let times: Int
        let types: Int
        let characters: Int

        /// Bytes of the block behind it.
        func size(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standard + universal
        }
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func header() throws(Fault) -> Header {
        guard bytes.count - place >= 44 else { throw Fault("it is cut short") }
        guard Array(bytes[place..<place + 4]) == Array("TZif".utf8) else { throw Fault("it is no TZif file") }
        let letter = bytes[place + 4]
        guard letter == 0 || 50...57 ~= letter else { throw Fault("its version is unknown") }
        place += 20
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(Int(number(4))) }
        // No file has as many of anything as it may have bytes; so no sum below can overflow.
        guard counts.allSatisfy({ 0...TZifFile.most ~= $0 }) else { throw Fault("its counts are impossible") }
        return Header(
            version: letter == 0 ? 1 : Int(letter - 48), universal: counts[0], standard: counts[1], leaps: counts[2],
            times: counts[3], types: counts[4], characters: counts[5])
    }

    mutating func skip(_ count: Int) throws(Fault) {
        guard bytes.count - place >= count else { throw Fault("it is cut short") }
        place += count
    }

    mutating func block(
        _ header: Header, timeSize: Int
    ) throws(Fault) -> (times: [Int64], indices: [UInt8], types: [TZifFile.LocalType]) {
        guard bytes.count - place >= header.size(timeSize: timeSize) else { throw Fault("it is cut short") }
        guard header.leaps == 0 else { throw Fault("it counts leap seconds, as the files of “right” do") }
        guard 1...256 ~= header.types, header.characters > 0 else { throw Fault("its counts are impossible") }
        var times: [Int64] = []
        times.reserveCapacity(header.times)
        for _ in 0..<header.times {
            let time = number(timeSize)
            if let last = times.last, time <= last { throw Fault("its times are not in order") }
            times.append(time)
        }
        let indices = Array(bytes[place..<place + header.times])
        guard indices.allSatisfy({ $0 < header.types }) else { throw Fault("it names a type that it does not have") }
        place += header.times
        let names = place + header.types * 6
        var types: [TZifFile.LocalType] = []
        for _ in 0..<header.types {
            let offset = Int(number(4))
            // RFC 9636 section 3.2 asks for this range.
            guard -89_999...93_599 ~= offset else { throw Fault("it is more than a day from Greenwich") }
            let name = Int(bytes[place + 1])
            guard bytes[place] <= 1, name < header.characters else { throw Fault("a type of it is impossible") }
            place += 2
            let text = bytes[(names + name)..<(names + header.characters)].prefix { $0 != 0 }
            types.append(TZifFile.LocalType(offset: offset, designation: String(decoding: text, as: UTF8.self)))
        }
        place = names + header.characters + header.standard + header.universal
        return (times, indices, types)
    }

    /// The text between two line ends behind the second block.
    mutating func footer() throws(Fault) -> String {
        guard place < bytes.count, bytes[place] == 10, let end = bytes[(place + 1)...].firstIndex(of: 10) else {
            throw Fault("its last line is missing")
        }
        return String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
    }

    /// A big-endian number with a sign.
    private mutating func number(_ size: Int) -> Int64 {
        var value: UInt64 = 0
        for byte in bytes[place..<place + size] { value = value << 8 | UInt64(byte) }
        place += size
        return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
}

extension [Int64] {
    /// The place of the first number that is greater than another, in an ascending list.
    func firstIndex(after number: Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
