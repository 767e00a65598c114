import Papers

extension Texts {
    /// A paper's title as it stands on pages, in mails and in feeds: one line, which says so first where the paper was
    /// retracted, withdrawn or doubted. Empty where it has no title.
    public func title(of paper: Paper) -> String {
        let title = DisplayText.line(paper.title)
        guard let status = paper.status, !title.isEmpty else { return title }
        let name: TextName =
            switch status {
            case .retracted: .statusRetracted
            case .withdrawn: .statusWithdrawn
            case .concern: .statusConcern
            }
        // Publishers say it in front of their titles too, and once is enough.
        return self(name, ["title": StatusPrefix(title)?.rest ?? title])
    }
}
