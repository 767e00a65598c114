import Core
import Papers
import Testing

@testable import Filters

@Suite("What a filter finds")
struct MatchingTests {
    struct Case: CustomTestStringConvertible {
        let filter: String
        let title: String
        let isFound: Bool
        init(_ filter: String, _ title: String, _ isFound: Bool = true) {
            self.filter = filter
            self.title = title
            self.isFound = isFound
        }
        var testDescription: String { "\(filter) \(isFound ? "finds" : "does not find") \(title)" }
    }

    @Test(
        "words and phrases, folded",
        arguments: [
            Case("poincare", "Poincaré maps"), Case("Poincaré", "POINCARE maps"),
            Case("frechet", "Fre\u{301}chet distance"),
            Case("self supervised", "A self-supervised method"), Case("self supervised", "A selfsupervised method"),
            Case("self-supervised", "Self supervised"), Case("self-supervised", "Supervised self", false),
            Case("self supervised", "Supervised self"), Case("selfsupervised", "Self-supervised"),
            Case("selfsupervised", "Self supervised", false),
            Case("\"self supervised learning\"", "Selfsupervised learning"),
            Case("\"selfsupervised learning\"", "Self-supervised learning"), Case("self", "selfsupervised", false),
            Case("\"state of the art\"", "State-of-the-Art"), Case("gpt4", "GPT-4 is here"),
            Case("gpt-4", "GPT4 is here"),
            Case("学习", "深度学习方法"), Case("深度学习方法", "学习", false), Case("기계", "기계학습을"), Case("学习", "学 与 习", false),
            Case("model", "Models"), Case("models", "A model"), Case("policies", "One policy"),
            Case("analysis", "Analyses"),
            Case("quantize", "Quantized"), Case("quantize", "Quantizing"), Case("tune", "Tuning"),
            Case("plan", "Planning"),
            Case("plane", "Planning", false), Case("reasoning", "The reason", false), Case("reason", "Reasoning"),
            Case("fine-tune", "Finetuning"), Case("=models", "A model", false), Case("=models", "Models"),
            Case("=model", "Models", false),
            Case("dynamics", "A dynamic scene", false), Case("bias", "Biases"), Case("LLM", "LLMs"),
            Case("gpu", "GPUs"),
            Case("quantiz*", "Quantization"), Case("quantiz*", "Quanta", false), Case("selfsup*", "Self-supervised"),
            Case("a OR b", "b"), Case("a b", "b", false), Case("a -b", "a"), Case("a -b", "a b", false),
            Case("(a OR b) c", "b c"), Case("-(a b)", "a"), Case("c++", "Learning C++"),
            Case("c++", "Vitamin C", false),
            Case("fluid", "ﬂuid"), Case("R2", "ℝ²"), Case("lukasz", "Łukasz"),
            Case("\"neural network\"", "Neural Networks"),
            Case("\"neural network\"", "Network, neural", false), Case("model's", "Models"),
            Case("x ray", "Xray images"),
        ])
    func words(example: Case) throws {
        let filter = try Filter(example.filter)
        let paper = paper(example.title)
        #expect(filter.matches(paper) == example.isFound)
        var set = FilterSet()
        let id = set.add(filter)
        #expect(set.matches(in: PaperBatch([paper]))[id] == (example.isFound ? [0] : []))
    }

    @Test("a bare word looks in title, abstract and keywords, not in names or categories")
    func scopes() throws {
        let sample = paper(
            "Alpha", abstract: "beta gamma", keywords: ["delta epsilon"], authors: ["Zeta Eta"], categories: ["cs.LG"],
            organization: "Theta Labs")
        for (filter, isFound) in [
            ("alpha", true), ("beta", true), ("delta", true), ("alpha delta", true), ("zeta", false), ("theta", false),
            ("cs", false), ("title:alpha", true), ("title:beta", false), ("abstract:beta", true),
            ("abstract:alpha", false),
            ("keyword:epsilon", true), ("keyword:beta", false), ("org:theta", true), ("org:\"theta lab\"", true),
            ("\"alpha beta\"", false), ("\"gamma delta\"", false), ("title:(alpha OR omega)", true),
        ] { #expect(try Filter(filter).matches(sample) == isFound, "\(filter)") }
    }

    @Test(
        "a category is found by name or archive, whatever its case",
        arguments: [
            ("cat:cs.LG", ["cs.LG"], true), ("cat:cs.lg", ["stat.ML", "cs.LG"], true), ("cat:cs.LG", ["cs.CL"], false),
            ("cat:cs.*", ["cs.CL"], true), ("cat:cs", ["cs.CL"], true), ("cat:math", ["math-ph"], false),
            ("cat:quant-ph", ["quant-ph"], true), ("cat:\"plant biology\"", ["Plant  Biology"], true),
            ("-cat:cs.*", ["math.GT"], true),
        ])
    func categories(filter: String, categories: [String], isFound: Bool) throws {
        #expect(try Filter(filter).matches(paper(categories: categories)) == isFound)
    }

    @Test("hits are the terms that are found, as written, without those under a negation")
    func hits() throws {
        let filter = try Filter(
            "(\"Language Models\" OR diffusion) author:\"Ann Lee\" title:(Protein cat) -survey self supervised")
        let sample = paper("Protein language model", abstract: "A selfsupervised one.", authors: ["A. Lee"])
        #expect(
            filter.hits(in: sample) == ["\"Language Models\"", "author:\"Ann Lee\"", "Protein", "self", "supervised"])
        #expect(try Filter("model MODEL model").hits(in: sample) == ["model", "MODEL"])
        #expect(try Filter("absent").hits(in: sample).isEmpty)
    }
}
