import Foundation
import Papers
import Testing

@testable import Filters

@Suite("What is typed into the search")
struct SearchWordingTests {
    @Test(
        "is text where it has no sign of the filter language, or has some as a title has them",
        arguments: [
            "diffusion transformers", "Attention Is All You Need", "Attention: all you need", "(diffusion models)",
            "TO BE OR NOT TO BE: A STUDY OF DOUBT", "Fine-Tuning OR Prompting? Which One Should You Use",
            "GPT-4 – a survey of what it can do", "Title: an odd way to begin a title of a paper",
            "Does p<0.05 mean anything? A look at 1,000 papers", "A* search is all you need", "\"Unbalanced quote",
            "a stray ) parenthesis", "What (not to do", "Cats: a data set of sleeping animals",
            "Q*: planning > guessing",
            "ratio:1 and others", "Is 3 > 2? On numbers", "Stars: a catalogue of what shines at night",
            "Learning --- without labels", "100% right = 0% learnt",
        ])
    func text(typed: String) throws {
        #expect(try SearchWording(typed).kind == .text)
    }

    @Test(
        "is a filter where signs were meant",
        arguments: [
            "title:diffusion", "diffusion -survey", "\"protein design\"", "upvotes>=20", "GAN OR VAE",
            "robots NOT arms",
            "cat:cs.LG attention", "author:\"Ada Lovelace\"", "=attention", "quantiz*", "(a OR b) c",
            "title: diffusion",
            "since:2026-01-01 agents with very many words here", "LLM AND agents", "GAN OR VAE OR LLM OR RL OR NLP",
        ])
    func filter(typed: String) throws {
        let wording = try SearchWording(typed)
        #expect(wording.kind == .filter)
        #expect(wording.filter == (try Filter(typed)))
    }

    @Test(
        "is refused where it was meant as a filter and is none",
        arguments: [
            "lable:diffusion", "title:(", "cat:cs.XX", "upvotes>x", "a OR", "(GAN OR VAE", "upvotes:20", "upvote>20",
            "", "   ", "…", "since:yesterday robots",
        ])
    func refused(typed: String) {
        #expect(throws: FilterError.self) { try SearchWording(typed) }
    }

    @Test("ranks by its telling words, and by all where none is telling")
    func telling() throws {
        #expect(try SearchWording("How do the robots learn?").words.telling.map(\.written) == ["robots", "learn"])
        #expect(try SearchWording("to be or not to be").words.telling.count == 4)
        #expect(try SearchWording("cat:cs.LG -survey").words.isEmpty)
    }
}

@Suite("The index's words of a paper")
struct SearchTextTests {
    @Test("a word and each of its keys have one stem")
    func stems() {
        let words = """
            quantized quantizing quantize quantizes models modelling embeddings embedded using used uses planning planned \
            studies studied mice lenses closing closed raised processing processes adding seeing tied focused biased \
            classes classified controlled string king embedding reasoning learned learning singing hopping hoping coded
            """
        for word in words.split(separator: " ").map(String.init) {
            for key in Inflection.keys(of: word) {
                #expect(WordStem.of(key) == WordStem.of(word), "\(word) \(key)")
            }
        }
    }

    @Test(
        "holds what is needed by each filter that asks for the paper",
        arguments: [
            "quantize", "\"self supervised\"", "selfsupervised", "=quantized", "quanti*", "author:lovelace",
            "author:\"A Lovelace\"",
            "cat:cs.LG", "cat:cs.*", "title:robots", "org:babbage", "keyword:\"deep learning\"", "学習", "poincare",
            "self supervised", "robot OR zebra", "cat:\"plant biology\"", "c++",
        ])
    func needed(filter: String) throws {
        var entry = Entry(
            id: try #require(PaperID(parsing: "2611.00001")), title: "Robots, self-supervised: a C++ study")
        entry.abstract = "We quantized 機械学習 after Poincaré."
        entry.authors = [Author("Ada Lovelace")]
        entry.categories = ["cs.LG", "Plant Biology"]
        entry.keywords = ["deep learning"]
        entry.organization = "Babbage Institute"
        let paper = Paper(entry)
        let filter = try Filter(filter)
        #expect(filter.matches(paper))
        let need = try #require(SearchNeed(filter))
        #expect(need.isMet(by: SearchText(paper)))
    }
}

extension SearchNeed {
    /// What a database is asked for, the plain way.
    fileprivate func isMet(by text: SearchText) -> Bool {
        let words = [text.title, text.body, text.names, text.extra].flatMap(Words.separated)
        return switch self {
        case .word(let word): words.contains(word)
        case .titleWord(let word): Words.separated(text.title).contains(word)
        case .beginning(let start): words.contains { $0.hasPrefix(start) }
        case .all(let needs): needs.allSatisfy { $0.isMet(by: text) }
        case .any(let needs): needs.contains { $0.isMet(by: text) }
        }
    }
}
