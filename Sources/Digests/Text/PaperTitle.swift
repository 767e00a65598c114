import Foundation
import Papers

extension Texts {
    /// A paper's title as it stands on pages, in mails and in feeds: one line, which says so first where the paper was
    /// retracted, withdrawn or doubted. Empty where it has no title.
    public func title(of paper: Paper) -> String {
        let title = DisplayText.line(paper.title)
        guard let status = paper.status, !title.isEmpty else { return title }
        // Publishers say it in front of their titles too, and once is enough.
        return self(Self.name(of: status), ["title": StatusPrefix(title)?.rest ?? title])
    }

    /// What stands before and after a paper's title to say what became of it; nothing where nothing did.
    public func titleFrame(of paper: Paper) -> (before: String, after: String) {
        guard let status = paper.status else { return ("", "") }
        let place = "\u{FFFC}"
        let parts = self(Self.name(of: status), ["title": place]).components(separatedBy: place)
        return (parts[0], parts.dropFirst().joined())
    }

    private static func name(of status: PaperStatus) -> TextName {
        switch status {
        case .retracted: .statusRetracted
        case .withdrawn: .statusWithdrawn
        case .concern: .statusConcern
        }
    }
}
