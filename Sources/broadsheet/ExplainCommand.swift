import ArgumentParser
import Foundation
import Workers

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain why a paper was or was not sent to a subscriber.",
        discussion: "The first line is the answer; the reasons follow. The command sends and changes nothing.")
    @Argument(help: "The subscriber's address.") var subscriber: String
    @OptionGroup var which: PaperArgument
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(needs: .everything.readOnly)
        let reader = try await find(subscriber, in: installation)
        let paper = try await which.stored(in: installation)
        let explanation = try await Explanation(of: paper, for: reader, in: installation)
        switch output.format {
        case .json:
            try Output.json(
                ExplanationJSON(
                    id: paper.paper.id.key, title: paper.paper.title, isInDigest: explanation.isInDigest,
                    verdict: explanation.verdict, details: explanation.details))
        case .text:
            Output.line("“\(paper.paper.title)”: \(explanation.verdict)")
            for detail in explanation.details { Output.line("  \(detail)") }
        }
    }

    private struct ExplanationJSON: Encodable {
        let id: String
        let title: String
        let isInDigest: Bool
        let verdict: String
        let details: [String]

        private enum CodingKeys: String, CodingKey {
            case id, title, verdict, details
            case isInDigest = "in_digest"
        }
    }
}
