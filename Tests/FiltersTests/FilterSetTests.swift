import Papers
import Testing

@testable import Filters

@Suite("A set of filters")
struct FilterSetTests {
    let batch = PaperBatch([paper("Diffusion models"), paper("Protein language models"), paper("Graphs")])

    @Test("filters that ask the same share an id and are compiled once")
    func sharing() throws {
        var set = FilterSet()
        let id = set.add(try Filter("Diffusion AND model"))
        #expect(set.add(try Filter("diffusion models")) == id)
        #expect(set.add(try Filter("models diffusion")) != id)
        #expect(set.count == 2)
    }

    @Test("a filter leaves when it was removed as often as it was added")
    func removal() throws {
        var set = FilterSet()
        let id = set.add(try Filter("models"))
        set.add(try Filter("model"))
        set.remove(id)
        #expect(set.matches(in: batch)[id] == [0, 1])
        set.remove(id)
        #expect(set.matches(in: batch)[id].isEmpty)
        #expect(set.count == 0)
        set.remove(id)
        let other = set.add(try Filter("graph"))
        #expect(set.matches(in: batch)[other] == [2])
    }

    @Test("a copy is a snapshot")
    func snapshot() throws {
        var set = FilterSet()
        let id = set.add(try Filter("protein"))
        let snapshot = set
        set.remove(id)
        set.add(try Filter("graphs"))
        #expect(snapshot.matches(in: batch)[id] == [1])
    }

    @Test("an empty batch and an empty set have no matches")
    func empty() throws {
        var set = FilterSet()
        #expect(set.matches(in: batch).paperCount == 3)
        let id = set.add(try Filter("-x"))
        #expect(set.matches(in: PaperBatch([]))[id].isEmpty)
        #expect(set.matches(in: batch)[id] == [0, 1, 2])
    }
}
