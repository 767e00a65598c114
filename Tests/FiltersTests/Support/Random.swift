extension RandomNumberGenerator {
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }

    mutating func several<Element>(of elements: [Element], upTo most: Int) -> [Element] {
        (0..<Int.random(in: 0...most, using: &self)).map { _ in pick(elements) }
    }

    /// True in `percent` of 100 cases.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
