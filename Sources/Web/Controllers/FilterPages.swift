import Filters
import Foundation
import Hummingbird
import Workers

/// How filters are written, and what one would have brought.
struct FilterPages: Sendable {
    let installation: Installation

    /// The most papers that are looked through for one request.
    private static let looked = 3000
    /// The most that are listed.
    private static let listed = 40
    private static let day: TimeInterval = 86_400

    func help() -> Response { installation.answer(FilterHelpPage()) }

    /// Changes nothing: a filter stands in the address, so that it can be shared.
    func trial(_ text: String) async throws -> Response {
        var page = FilterTrialPage(filter: text)
        guard !text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty else { return installation.answer(page) }
        let filter: Filter
        do throws(FilterError) {
            filter = try Filter(text)
        } catch {
            page.problem = installation.currentTexts(error)
            return installation.answer(page, status: .unprocessableContent)
        }
        let now = installation.clock.now
        let trial = try await FilterTrial(
            filter, since: now.addingTimeInterval(-30 * Self.day), limit: Self.looked, in: installation)
        let lastWeek = now.addingTimeInterval(-7 * Self.day)
        page.warnings = filter.cautions.map { installation.currentTexts($0) }
        page.result = FilterTrialPage.Result(
            ofWeek: trial.found.count { ($0.surfacedAt ?? now) >= lastWeek }, ofMonth: trial.found.count,
            looked: trial.looked,
            papers: trial.found.suffix(Self.listed).reversed().map {
                FilterTrialPage.Row(paper: $0.paper, title: filter.marked(titleOf: $0.paper), terms: $0.terms)
            })
        return installation.answer(page)
    }
}
