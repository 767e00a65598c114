import TestTools

/// Writes random filters and papers over few words, so that everything the language can do often happens.
struct RandomFilters {
    var random: SplitMix64

    /// Words that meet one another by plural, inflection, fusion, accent and prefix.
    static let words = [
        "self", "supervised", "selfsupervised", "self-supervised", "model", "models", "modeling", "Modèle", "quantize",
        "quantized", "quantization", "language", "languagemodel", "GPT", "GPT-4", "4", "gpt4", "x", "ray", "x-ray",
        "xray",
        "机器学习", "机器", "学", "learning", "learn", "C++", "data", "set", "dataset", "data_sets", "s", "ed", "e", "ing",
        "é",
    ]
    static let names = [
        "Yann LeCun", "Y. LeCun", "LeCun, Yann", "Yann A. LeCun", "Le Cun Y", "Wei Wang", "Wang Wei", "W. Wang",
        "Xiao-Ming Li", "Xiaoming Li", "Laurens van der Maaten", "van der Maaten, L.", "Nguyễn", "Conan O'Brien", "王伟",
    ]
    static let categories = ["cs.LG", "cs.CL", "stat.ML", "quant-ph", "math.GT", "plant biology", "cs.*", "math"]

    mutating func filter(depth: Int = 3) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 5), using: &random) {
        case 0...4: return test()
        case 5, 6:
            return (0..<Int.random(in: 2...4, using: &random)).map { _ in filter(depth: depth - 1) }.joined(
                separator: " ")
        case 7: return "(" + filter(depth: depth - 1) + " OR " + filter(depth: depth - 1) + ")"
        case 8:
            return filter(depth: depth - 1) + random.pick([" OR ", " | ", " AND ", " & "]) + filter(depth: depth - 1)
        default: return random.pick(["-", "NOT "]) + random.pick([test(), "(\(filter(depth: depth - 1)))"])
        }
    }

    private mutating func test() -> String {
        let word = random.pick(Self.words)
        switch Int.random(in: 0..<20, using: &random) {
        case 0...7: return word
        case 8, 9: return "\"\(text(words: 1...3))\""
        case 10: return "=" + random.pick([word, "\"\(text(words: 1...2))\""])
        case 11: return random.pick(["mod*", "quan*", "se*", "lan*", "机器*", "xra*", "title:da*"])
        case 12, 13:
            return random.pick(["title:", "abstract:", "keyword:", "org:"])
                + random.pick([word, "\"\(text(words: 2...2))\""])
        case 14: return random.pick(["title:", "abstract:"]) + "(" + random.pick(Self.words) + " " + word + ")"
        case 15, 16:
            return "author:" + random.pick(["\"\(random.pick(Self.names))\"", "lecun", "le*", "wang", "obrien"])
        case 17: return "cat:" + random.pick(["cs.LG", "cs.*", "cs", "math.*", "quant-ph", "\"plant biology\""])
        case 18:
            return random.pick(["upvotes", "comments", "stars"]) + random.pick([">=", "<", "=", ">", "<="])
                + random.pick(["0", "3", "10"])
        default:
            return random.pick([
                "has:code", "has:pdf", "is:new", "is:pinned", "since:2026-11-02", "id:2611.99001", "feed:hugging",
            ])
        }
    }

    mutating func text(words: ClosedRange<Int>) -> String {
        (0..<Int.random(in: words, using: &random)).map { _ in random.pick(Self.words) }
            .joined(separator: random.pick([" ", " ", " ", "-", ". "]))
    }
}
