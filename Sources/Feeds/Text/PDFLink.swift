import Papers

/// Where a paper's PDF is.
enum PDFLink {
    /// arXiv's own for an arXiv paper, else the first link or enclosure that says it is one.
    static func address(of id: PaperID, offered: [(url: String, type: String)], base: String?) -> String? {
        if id.scheme == .arxiv { return "https://arxiv.org/pdf/\(id.value)" }
        let pdf = offered.first {
            $0.type.lowercased().hasPrefix("application/pdf") || $0.url.lowercased().hasSuffix(".pdf")
        }
        return pdf.flatMap { WebAddress.resolve($0.url, against: base) }
    }
}
