import Testing

@testable import Digests
@testable import Mail

@Suite("Prepared parts")
struct PreparedPartTests {
    private enum Stretch {
        case literal(String)
        case gap(MergeField)
    }

    /// Lines and pieces of lines, long and short, some empty.
    private static let texts = [
        "", "a", "A line.\n", "=\n", "no end", ". \n", "From here", " ", "\n\n", "Zoë · 山田",
        String(repeating: "long ", count: 40), String(repeating: "x", count: 75),
        String(repeating: "y", count: 76) + "\n",
    ]

    /// Each stretch encoded apart, soft line breaks between them where one ends within a line.
    private func joined(_ stretches: [Stretch], _ values: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for stretch in stretches {
            let encoded =
                switch stretch {
                case .literal(let text): QuotedPrintable.encode(text)
                case .gap(let slot): QuotedPrintable.encode(values[slot.rawValue])
                }
            if !encoded.isEmpty, let last = bytes.last, last != 10 { bytes += Array("=\r\n".utf8) }
            bytes += encoded
        }
        return bytes
    }

    @Test("filled in, are what their stretches are when encoded one by one, whatever stands in the gaps")
    func piecewise() {
        // Every choice of five stretches from a walk through all texts and slots.
        let choices = Self.texts.map(Stretch.literal) + MergeField.allCases.map(Stretch.gap)
        for number in 0..<4000 {
            let stretches = [1, 7, 31, 113, 509].map { choices[(number * $0 + number / $0) % choices.count] }
            let values = MergeField.allCases.map { Self.texts[(number / 3 + $0.rawValue * 5) % Self.texts.count] }
            var part = MergePart()
            for stretch in stretches {
                switch stretch {
                case .literal(let text): part.append(QuotedPrintable.encode(text))
                case .gap(let slot): part.append(gap: slot)
                }
            }
            #expect(filled(part, values) == joined(stretches, values))
        }
    }

    private func filled(_ part: MergePart, _ values: [String]) -> [UInt8] {
        var bytes = MergeValues()
        for value in values { bytes.append(value) }
        let texts = bytes.text
        return [UInt8](unsafeUninitializedCapacity: part.room(for: texts)) { output, count in
            var writer = JoiningWriter(UnsafeMutableRawBufferPointer(output))
            part.write(texts, to: &writer)
            count = writer.written
        }
    }

    @Test("make bodies whose beginning is hashed once and whose hash is that of the whole, whatever stands in the gaps")
    func hashes() throws {
        let choices = Self.texts.map(Stretch.literal) + MergeField.allCases.map(Stretch.gap)
        for number in 0..<1000 {
            var parts = [MergePart(), MergePart()]
            for (place, factor) in [1, 7, 31, 113, 509, 1021].enumerated() {
                switch choices[(number * factor + number / factor) % choices.count] {
                case .literal(let text): parts[place % 2].append(QuotedPrintable.encode(text))
                case .gap(let slot): parts[place % 2].append(gap: slot)
                }
            }
            // As templates' mergeTemplates do.
            for index in parts.indices { parts[index].append(QuotedPrintable.encode("the end\n")) }
            var values = MergeValues()
            for slot in MergeField.allCases {
                values.append(Self.texts[(number / 3 + slot.rawValue * 5) % Self.texts.count])
            }
            let body = MergeBody(text: parts[0], html: parts[1], name: "a subject").filled(values)
            let beginning = try #require(body.beginning)
            #expect(beginning.isOfRelaxed)
            #expect(try DKIMCanonical.hash(of: body.bytes, beginning) == DKIMCanonical.hash(of: body.bytes))
        }
    }

    @Test("give readers of one digest the same mails as if each were put together alone")
    func shared() throws {
        let picks = try (1...12).map {
            Pick(paper: try paper($0), reasons: ["Vision \($0 % 3)"], group: "Group \($0 / 4)", seq: Int64($0))
        }
        let digest = Digest(day: try day(), picks: picks, more: 3)
        let shared = try renderer().edition()
        var readers = [reader, reader, reader, reader]
        readers[1].address = "zoë.of.a.rather.long.name@papers-and-more-papers.example.org"
        readers[2].subscribedOn = nil
        readers[3].marksURL = "https://papers.example.org/mark?token=a&b"
        for reader in readers + readers {
            let alone = try renderer().edition().render(digest, for: reader)
            let mail = shared.render(key: "today", for: reader) { digest }
            #expect(mail.htmlEncoded == alone.htmlEncoded)
            #expect(mail.textEncoded == alone.textEncoded)
            #expect(mail.subject == alone.subject)
            #expect(mail.text.contains(reader.address))
            #expect(mail.html.contains("token=a&amp;b&amp;paper=7&amp;like=more") == (reader.marksURL != nil))
        }
    }
}
