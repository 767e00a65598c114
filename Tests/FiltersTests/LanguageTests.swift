import Core
import Testing

@testable import Filters

@Suite("The language")
struct LanguageTests {
    @Test(
        "a filter has one canonical text",
        arguments: [
            ("Diffusion", "diffusion"), ("diffusion AND flow", "diffusion flow"), ("a  b\n c", "a b c"),
            ("a & b | c", "a b OR c"), ("(a OR b) c", "(a OR b) c"), ("((a))", "a"), ("a (b c)", "a b c"),
            ("a OR (b OR c)", "a OR b OR c"), ("NOT survey", "-survey"), ("--a", "a"), ("-(a b)", "-(a b)"),
            ("NOT NOT NOT a", "-a"), ("\"Large Language Models\"", "\"large language models\""),
            ("self-supervised", "\"self supervised\""), ("“curly quotes”", "\"curly quotes\""),
            ("quantiz*", "quantiz*"),
            ("Poincaré", "poincare"), ("Straße Łukasz Ångström", "strasse lukasz angstrom"), ("机器学习", "机器学习"),
            ("\"深度learning\"", "\"深度 learning\""),
            ("title:GAN", "title:gan"), ("TI:gan", "title:gan"), ("title: gan", "title:gan"),
            ("title:(a OR b)", "title:a OR title:b"), ("title:(a b) c", "title:a title:b c"),
            ("author:\"LeCun, Yann\"", "author:\"yann lecun\""), ("author:lecu*", "author:lecu*"),
            ("cat:cs.lg", "cat:cs.LG"), ("cat:CS", "cat:cs.*"), ("cat:cs.*", "cat:cs.*"), ("cat:hep-th", "cat:hep-th"),
            ("cat:\"Plant Biology\"", "cat:\"plant biology\""), ("org:\"Google DeepMind\"", "org:\"google deepmind\""),
            ("=models", "=models"), ("=\"language models\"", "=\"language models\""),
            ("title:=models", "title:=models"),
            ("upvotes >= 20", "upvotes>=20"), ("comments≥3", "comments>=3"), ("stars =< 5", "stars<=5"),
            ("since:2026-11-01", "since:2026-11-01"), ("has:Code", "has:code"), ("is:new", "is:new"),
            ("id:arXiv:2511.01234v2", "id:\"2511.01234\""), ("feed:HuggingFace", "feed:\"huggingface\""),
            ("\"upvotes\" =x", "\"upvotes\" =x"), ("GPT-4.1", "\"gpt 4 1\""), ("Occam's", "occam"),
            ("C++ F#", "c++ f#"),
            ("Attention: all you need", "attention all you need"), ("x=3", "\"x 3\""),
        ])
    func canonical(text: String, expected: String) throws {
        #expect(try Filter(text).description == expected)
    }

    @Test("filters that ask the same are equal and the source is kept")
    func equality() throws {
        let typed = try Filter("Title:Diffusion AND  (Models)")
        #expect(try typed == Filter("title:diffusion models"))
        #expect(typed.source == "Title:Diffusion AND  (Models)")
        #expect(try typed != Filter("diffusion models"))
    }
}
