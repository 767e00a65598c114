import Core
import Foundation
import Papers
import TestSupport
import Testing

/// Papers as they come in life, and some as they come at worst: long, without blanks, from right to left, in Han.
enum ShowPapers {
    private static let abstract = """
        Large models answer well and explain badly. We ask where their confidence comes from, and find that most of it is decided \
        in the first third of the layers: a probe there predicts, for 12 of 14 benchmarks, whether the final answer will be right. \
        From this follows a rule for stopping early that saves 41% of the work at equal accuracy, needs no training, and holds for \
        models between 1 and 70 billion parameters. We publish code, probes and all measurements.
        """

    private static let titles = [
        "Confidence Comes Early: Probing the First Third of Language Models for Answers They Have Already Decided On",
        "למידה עמוקה של שפות דלות משאבים: מחקר השוואתי על תרגום מכונה בין עברית לערבית",
        "大規模言語モデルにおける日本語の敬語生成の評価と、その指導データの構築について",
        "基于扩散模型的高分辨率遥感图像超分辨率重建方法研究：从理论到大规模应用",
        "A_Robot_Name_Without_Any_Blank_That_Goes_On_And_On_As_File_Names_Of_Benchmarks_Do_v2_final_2026",
        "نماذج لغوية كبيرة للعربية الفصحى واللهجات: قياس الفجوة",
        "O(n log n) Popularity with ℓ₂-Regularised Kernels and α ≤ ½ for Diffusion Transformers",
        "Robots That Fold Laundry",
    ]

    /// Stores them as a curated feed would bring them; the first is picked by the editor.
    static func store(in test: TestInstallation, more: Int = 0) async throws {
        let all = titles + (0..<more).map { "Diffusion of an ordinary length for the list, number \($0 + 1)" }
        let entries = try all.enumerated().map { try entry($0, $1) }
        let papers = test.installation.database.papers
        _ = try await papers.record(entries, feed: "https://huggingface.co", trust: .curator, seenAt: test.clock.now)
        _ = try await papers.pin(4, note: "Read the ablations in section 5 first.", at: test.clock.now)
    }

    private static func entry(_ number: Int, _ title: String) throws -> Entry {
        var entry = Entry(
            id: try #require(PaperID(parsing: "2611.\(String(format: "%05d", number + 1001))")), title: title)
        entry.abstract = number == 7 ? "Short, about robots." : abstract
        entry.authors = ["Ada Lovelace", "Zoë Müller-Lüdenscheidt", "山田太郎", "عمر خليل", "Jane Doe", "Mo Li"].prefix(
            number % 7
        ).map { Author($0) }
        entry.organization = number % 3 == 0 ? "Example Institute for Advanced Study of Long Names" : nil
        entry.published = TestInstallation.start.addingTimeInterval(-86_400)
        entry.upvotes = 1240 / (number + 1)
        entry.comments = number % 3
        entry.categories = ["cs.CL", "cs.LG", "stat.ML"]
        entry.keywords = ["early exit", "probing", "calibration"]
        entry.synopsis = number == 0 ? "The answer is decided early; stop there and save two fifths." : nil
        entry.pdfURL = "https://arxiv.org/pdf/2611.\(String(format: "%05d", number + 1001))"
        entry.codeURL = number % 2 == 0 ? "https://github.com/example/early" : nil
        entry.stars = number % 2 == 0 ? 321 : nil
        entry.projectURL = number == 0 ? "https://example.org/early" : nil
        entry.discussionURL = "https://huggingface.co/papers/2611.\(String(format: "%05d", number + 1001))"
        return entry
    }
}
