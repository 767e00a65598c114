/// A map from whole numbers to small ones, several times as fast and half as large as a `Dictionary`.
///
/// Open addressing with linear probing; nothing is ever taken out. It holds the millions of edges and tests of a large
/// filter set.
struct IntegerMap: Sendable {
    private var keys: [UInt64] = []
    private var values: [UInt32] = []
    private var mask = 0
    private(set) var count = 0

    /// Marks a free place; the maps of this module never use it as a key.
    private static let free = UInt64.max

    /// The value of a key, or nil.
    @inline(__always)
    subscript(key: UInt64) -> UInt32? {
        guard count > 0 else { return nil }
        var place = Self.place(of: key, mask)
        while keys[place] != key {
            if keys[place] == Self.free { return nil }
            place = (place + 1) & mask
        }
        return values[place]
    }

    /// The value of a key, which is stored as given if there was none.
    mutating func value(of key: UInt64, orStore value: @autoclosure () -> UInt32) -> (value: UInt32, isNew: Bool) {
        if (count + 1) * 3 > keys.count * 2 { grow() }
        var place = Self.place(of: key, mask)
        while keys[place] != Self.free {
            if keys[place] == key { return (values[place], false) }
            place = (place + 1) & mask
        }
        keys[place] = key
        values[place] = value()
        count += 1
        return (values[place], true)
    }

    private mutating func grow() {
        let old = (keys, values)
        let size = max(16, keys.count * 2)
        keys = Array(repeating: Self.free, count: size)
        values = Array(repeating: 0, count: size)
        mask = size - 1
        for (key, value) in zip(old.0, old.1) where key != Self.free {
            var place = Self.place(of: key, mask)
            while keys[place] != Self.free { place = (place + 1) & mask }
            keys[place] = key
            values[place] = value
        }
    }

    /// Multiplies by the golden ratio and folds, which spreads keys that count upwards.
    @inline(__always)
    private static func place(of key: UInt64, _ mask: Int) -> Int {
        let mixed = (key ^ key >> 32) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 20) & mask
    }
}
