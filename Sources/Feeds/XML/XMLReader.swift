import CLibXML2
import Core

/// Reads XML by libxml2's SAX2 interface and hands over one entry after another. The only file that speaks to libxml2.
///
/// Recovery is on, so broken documents give what they hold; network, external entities and entity expansion are off.
final class XMLReader {
    private var builder: XMLTreeBuilder
    private let source: [UInt8]
    private var position = 0
    private let onEntry: (XMLElement, XMLElement) -> Void
    private let context: xmlParserCtxtPtr
    private var text: [UInt8] = []
    private var tags: [NameKey: XMLTag] = [:]
    private var repairs: [String]
    private var undeclared: Set<String> = []
    private var entries = 0
    private let mostEntries: Int
    private var refusal: FeedError?
    private var firstProblem: (line: Int, message: String)?
    /// `<feed>` without a namespace means Atom's.
    private var bareSpace = XMLNamespace.rss
    /// The namespace of a `<feed>` from before Atom had one that lasted.
    private var feedSpace: UnsafeRawPointer?

    /// libxml2 keeps each name once for a document, so its address stands for it.
    private struct NameKey: Hashable {
        let local: UnsafeRawPointer?
        let uri: UnsafeRawPointer?
        let prefix: UnsafeRawPointer?
    }

    struct Outcome {
        /// The root without its entries; nil if there is no element at all.
        let head: XMLElement?
        let repairs: [String]
        let wasTruncated: Bool
        /// libxml2's first complaint, with its line.
        let problem: String?
    }

    /// Calls `onEntry` for each element whose local name is in `entryNames`, in document order.
    static func read(
        _ text: DecodedText, entries entryNames: [String],
        onEntry: (_ entry: XMLElement, _ rootSoFar: XMLElement) -> Void
    ) throws(FeedError) -> Outcome {
        let repaired = XMLRepair.repair(text.utf8)
        if repaired.isOverloaded {
            throw FeedError(.hostile, "one of its tags has hundreds of attributes, which no feed's does: refused")
        }
        guard let context = xmlNewParserCtxt() else {
            throw FeedError(.malformed, "libxml2 has no memory left for this document")
        }
        defer { xmlFreeParserCtxt(context) }
        return try withoutActuallyEscaping(onEntry) { onEntry throws(FeedError) in
            let reader = XMLReader(
                repaired, context: context, builder: XMLTreeBuilder(entryNames: entryNames, documentURL: text.url),
                mostEntries: text.mostEntries, onEntry: onEntry)
            return try reader.run()
        }
    }

    private init(
        _ repaired: XMLRepair.Result, context: xmlParserCtxtPtr, builder: XMLTreeBuilder, mostEntries: Int,
        onEntry: @escaping (XMLElement, XMLElement) -> Void
    ) {
        source = repaired.utf8
        repairs = repaired.repairs
        self.context = context
        self.builder = builder
        self.mostEntries = mostEntries
        self.onEntry = onEntry
    }

    private func run() throws(FeedError) -> Outcome {
        var sink = broadsheet_xml_sink()
        sink.owner = Unmanaged.passUnretained(self).toOpaque()
        sink.read = { owner, buffer, capacity in XMLReader.from(owner).fill(buffer, Int(capacity)) }
        sink.start = { owner, local, prefix, uri, count, attributes in
            XMLReader.from(owner).start(local, prefix, uri, Int(count), attributes)
        }
        sink.end = { owner, local, prefix, uri in XMLReader.from(owner).end(local, prefix, uri) }
        sink.text = { owner, bytes, length in XMLReader.from(owner).characters(bytes, Int(length)) }
        sink.entity = { owner, isExternal, content in XMLReader.from(owner).entity(isExternal != 0, content) }
        sink.problem = { owner, code, line, message in XMLReader.from(owner).problem(code, line, message) }
        let wasWellFormed = broadsheet_xml_parse(context, &sink) == 1
        if let refusal { throw refusal }
        flush()
        let wasTruncated = builder.isInsideEntry || (position >= source.count && !wasWellFormed && builder.head == nil)
        if wasTruncated { repairs.append("the document breaks off: the entries before that were kept") }
        if undeclared.count > Self.mostNamed {
            repairs.append("\(undeclared.count - Self.mostNamed) more prefixes are used without being declared")
        }
        let head = builder.finish()
        let problem = firstProblem.map { "line \($0.line): \($0.message)" }
        if !wasWellFormed, let problem { repairs.append("not well-formed XML was mended (\(problem))") }
        return Outcome(head: head, repairs: repairs + builder.repairs, wasTruncated: wasTruncated, problem: problem)
    }

    /// How many undeclared prefixes are told by name.
    private static let mostNamed = 10

    private static func from(_ owner: UnsafeMutableRawPointer?) -> XMLReader {
        // The owner is the reader that runs the parse and outlives it.
        Unmanaged<XMLReader>.fromOpaque(owner.unsafelyUnwrapped).takeUnretainedValue()
    }
}

// MARK: - What libxml2 calls

extension XMLReader {
    private func fill(_ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int) -> Int32 {
        let length = min(capacity, source.count - position)
        guard let buffer, length > 0 else { return 0 }
        source.withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: buffer, count: length)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + length]))
        }
        position += length
        return Int32(length)
    }

    private func start(
        _ local: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, _ count: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {
        flush()
        if tags.isEmpty, prefix == nil, Self.string(local) == "feed" {
            if uri == nil { bareSpace = .atom } else { feedSpace = uri.map { .init($0) } }
        }
        builder.start(tag(local, prefix, uri), Self.attributes(count, attributes))
        if builder.isTooDeep {
            refuse(
                .hostile, "its elements nest more than \(XMLTreeBuilder.maximumDepth) deep, which no feed does: refused"
            )
        }
        deliver()
    }

    private func end(_ local: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?) {
        flush()
        builder.end(tag(local, prefix, uri).name)
        deliver()
    }

    private func characters(_ bytes: UnsafePointer<UInt8>?, _ length: Int) {
        text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: length))
    }

    private func entity(_ isExternal: Bool, _ content: UnsafePointer<UInt8>?) {
        let value = Self.string(content)
        guard isExternal || value.contains("&") || value.contains("%") else { return }
        refuse(.hostile, "it declares entities that load files or hold other entities, which no feed needs: refused")
    }

    private func problem(_ code: Int32, _ line: Int32, _ message: UnsafePointer<CChar>?) {
        guard firstProblem == nil, let message else { return }
        firstProblem = (Int(line), String(cString: message).trimmed)
    }

    private func refuse(_ problem: FeedError.Problem, _ message: String) {
        refusal = refusal ?? FeedError(problem, message)
        xmlStopParser(context)
    }

    private func flush() {
        guard !text.isEmpty else { return }
        builder.text(text)
        text.removeAll(keepingCapacity: true)
    }

    private func deliver() {
        guard let entry = builder.finishedEntry else { return }
        builder.finishedEntry = nil
        entries += 1
        guard entries <= mostEntries else { return refuse(.tooLarge, FeedError.tooMany(mostEntries)) }
        onEntry(entry, builder.rootSoFar ?? entry)
    }

    private func tag(
        _ local: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?
    ) -> XMLTag {
        let key = NameKey(local: local.map { .init($0) }, uri: uri.map { .init($0) }, prefix: prefix.map { .init($0) })
        if let tag = tags[key] { return tag }
        let space: XMLNamespace
        if let uri {
            let known = XMLNamespace(uri: Self.string(uri))
            space = known == .other && feedSpace == UnsafeRawPointer(uri) ? .atom : known
        } else if let prefix {
            let name = Self.string(prefix)
            space = XMLNamespace(undeclaredPrefix: name)
            if undeclared.insert(name).inserted, undeclared.count <= Self.mostNamed {
                repairs.append("the prefix \(FieldLimits.cut(name, to: 100)): is used without being declared")
            }
        } else {
            space = bareSpace
        }
        let tag = XMLTag(XMLName(space, Self.string(local).lowercased()))
        tags[key] = tag
        return tag
    }

    /// libxml2 gives five pointers an attribute: local name, prefix, namespace, value, end of value.
    private static func attributes(
        _ count: Int, _ pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) -> [(key: String, value: String)] {
        guard count > 0, let pointers else { return [] }
        return (0..<count).map { index in
            let local = string(pointers[index * 5]).lowercased()
            let isXML = pointers[index * 5 + 1].map { string($0) } == "xml"
            var value = ""
            if let start = pointers[index * 5 + 3], let end = pointers[index * 5 + 4] {
                value = String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
            }
            // Without entity substitution libxml2 writes an ampersand in an attribute like this.
            if value.utf8.contains(UInt8(ascii: "&")) { value = value.replacing("&#38;", with: "&") }
            return (isXML ? "xml:" + local : local, value)
        }
    }

    private static func string(_ pointer: UnsafePointer<UInt8>?) -> String { pointer.map { String(cString: $0) } ?? "" }
}
