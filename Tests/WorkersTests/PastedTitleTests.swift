import Feeds
import Filters
import Foundation
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("A pasted title")
struct PastedTitleTests {
    static let titles = """
        Attention Is All You Need, Again
        "Why Should We Trust You?": Explaining the Answers of Any Oracle
        To Forget OR Not to Forget? A Study of Machine Memory
        NOT ALL TOKENS ARE EQUAL: A CLOSER LOOK AT PRUNING
        Retrieval AND Reasoning: Two Sides of One Coin
        Is p < 0.05 Enough? On Significance in Benchmarks
        From O(n^2) to O(n): Attention for Long Rivers
        GPT-9 – A Survey of What Nobody Asked For
        A* Meets Q*: Planning With Learned Heuristics
        C++ or Rust? Large Models Choose Their Language
        [Re] Reproducing the Irreproducible: A Report
        Less (Data) Is More (Robust): Curriculum by Deletion
        What's in a Name? Entity Linking "in the Wild"
        Title: A Paper Whose Name Begins Oddly
        Stars: A Catalogue of What Shines at Night
        Since: Temporal Reasoning Over Calendars
        cats: a data set of sleeping animals
        @Home: Robots That Mind Their Own Kitchen
        #Blessed: Sentiment in Short Messages
        50% Fewer Parameters = 100% of the Accuracy
        A/B Testing & Causal Inference: Friends | Foes?
        Learning to Learn to Learn ... Without Labels
        SELF-REFINE++: Iterating Until It Hurts
        Über Poincaré's Conjecture and Gödel’s Ghost
        «Bonjour»: A French Corpus of Greetings
        Don't Stop Pretraining Now; It's Getting Good
        3D-GS: Gaussian Splatting @ 1,000 FPS
        {Braces} in Code Models: Does Balance Matter?
        Why Do LLMs Fail? — Twelve Honest Answers
        K-Means--: Clustering With Outliers Removed
        Towards <think>: Tokens That Deliberate
        E=mc2 and Other Short Programs
        RAG vs. Long Context: Which Wins, When and Why
        In-Context Learning (ICL) Is (Mostly) Gradient Descent
        Vision→Language→Action: A Unified Chain
        The $\\alpha$-Divergence of Very Deep Networks
        It Takes Two to Tango: Multi-Agent Debate
        Who's Afraid of the Big Bad Loss?
        Mamba-360: State Spaces as an Alternative
        Scaling Laws... and How to Break Them!
        Beyond "Beyond Accuracy": Meta-Evaluation
        BERT's Grandchildren: A Genealogy
        one model to rule them all, in lower case
        Do Androids Dream of (Electric) Sheep Counters?
        99 Problems but a Glitch Ain't One
        Chain-of-Thought: Help, Hype or Both?
        Sim2Real2Sim: There and Back Again
        The Devil Is in the Details: Tokenizers, Part II
        An Image Is Worth 16x16 Words, or Is It?
        Keyword: Extraction Without Supervision at Scale
        Source: Tracing Where Answers Came From
        Abstract: Generating What Nobody Reads First
        To Code, or Not To Code? Effects of Code in Corpora
        Show; Don't Tell: Demonstrations Over Instructions
        When * Is Not Enough: Wildcards in Prompts
        (Almost) Free Lunches in Model Merging
        LoRA > Full Finetuning? Not So Fast
        x+y=z: Arithmetic in Embedding Spaces
        大規模言語モデル: A Survey of Japanese Models
        The Good, the Bad, and the Ugly of Synthetic Data
        """.split(separator: "\n").map(String.init)

    @Test("finds its own paper first, whatever signs it has")
    func invented() async throws {
        let test = try await TestInstallation()
        try await test.store(Self.titles)
        try await expectFound(Self.titles, test)
    }

    @Test(
        "of every real paper finds that paper first",
        .enabled(if: RealPapers.folder != nil, "BROADSHEET_TEST_FEEDS names no folder of real feeds"))
    func real() async throws {
        let test = try await TestInstallation()
        let entries = try RealPapers.entries()
        _ = try await test.installation.database.papers.record(
            entries, feed: "hf", trust: .curator, seenAt: test.clock.now)
        let stored = try await test.installation.database.papers.newest(limit: 10_000)
        #expect(stored.count >= 600)
        // Some titles stand twice.
        let titles = Dictionary(grouping: stored.map(\.paper.title), by: { $0 }).filter { $1.count == 1 }.keys
        try await expectFound(titles.sorted().enumerated().filter { $0.offset % 12 == 0 }.map(\.element), test)
    }

    private func expectFound(_ titles: [String], _ test: TestInstallation) async throws {
        let index = SearchIndex(test.installation)
        for title in titles {
            let wording: SearchWording
            do {
                wording = try SearchWording(title)
            } catch {
                Issue.record("“\(title)” is refused: \(error)")
                continue
            }
            #expect(wording.asksForBest, "\(title)")
            let found = try await index.search(wording, from: .best(0), size: 3)
            #expect(found.papers.first?.paper.title == title, "\(title) \(wording.kind)")
        }
    }
}

@Suite(
    "A filter over many real papers",
    .enabled(if: RealPapers.folder != nil, "BROADSHEET_TEST_FEEDS names no folder of real feeds"))
struct FilterSearchTests {
    @Test("finds what the plain reading of the language finds, in its order")
    func same() async throws {
        let test = try await TestInstallation()
        _ = try await test.installation.database.papers.record(
            Array(try RealPapers.entries().prefix(250)), feed: "hf", trust: .curator, seenAt: test.clock.now)
        let stored = try await test.installation.database.papers.newest(limit: 10_000)
        let texts = Array(stored.reversed().map { ($0, PaperText($0.paper)) })
        let index = SearchIndex(test.installation)
        var settings = test.installation.settings
        settings.topicsFile = nil
        let shipped = try Installation.topics(settings).all.prefix(6).map(\.filter)
        for filter in try Self.filters.map({ try Filter($0) }) + shipped {
            let expected = texts.filter { filter.matches($0.1) }.map(\.0.seq)
            var found: [Int64] = []
            var place: SearchIndex.Place? = .newest
            while let next = place {
                let page = try await index.search(filter, from: next, size: 50)
                found += page.papers.map(\.seq)
                place = page.older
            }
            #expect(found == expected, "\(filter)")
        }
    }

    private static let filters = [
        "diffusion", "diffusion -image", "quantize", "quantiz*", "=quantized", "\"reinforcement learning\"",
        "self supervised",
        "selfsupervised", "\"self supervised\" OR robot", "title:agents", "abstract:agents -title:agents",
        "keyword:reasoning",
        "author:wang", "author:\"Y Li\"", "author:zha*", "org:google", "has:code", "upvotes>=20 reasoning", "-model",
        "(vision OR language) model -video", "gp*", "multimodal vision-language", "text-to-image",
        "\"chain of thought\"",
        "chainofthought", "NOT (model OR data)", "has:project diffusion transformer", "since:2025-07-01 agents", "rl",
        "a", "e", "3d", "gpt-4", "llms", "embedding", "embed", "code", "coding", "mamba OR ssm",
    ]
}

/// Papers of the real documents that the tests are given.
enum RealPapers {
    static let folder = ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"].map { URL(fileURLWithPath: $0) }

    static func entries() throws -> [Entry] {
        guard let folder else { return [] }
        let files = try ["huggingface", "huggingface/corpus"].flatMap { name in
            try FileManager.default.contentsOfDirectory(
                at: folder.appendingPathComponent(name), includingPropertiesForKeys: nil)
        }.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        // The folder also holds what is no day.
        return try files.flatMap { file in
            let bytes = Array(try Data(contentsOf: file))
            return (try? ParsedFeed(parsing: FeedDocument(bytes: bytes)))?.entries ?? []
        }
    }
}
