import CEmbedded

/// The files of `Templates/` and `config/` as they were when the program was built, so that it runs without them.
public enum Embedded {
    /// Template texts by file name.
    public static let templates = files(broadsheet_templates_begin())
    private static let config = files(broadsheet_config_begin())

    public static let topics = config["topics.yaml", default: ""]
    public static let feeds = config["feeds.yaml", default: ""]

    /// A day of invented papers for the demo, as Hugging Face and as arXiv would serve it.
    public static let sampleHuggingFace = [UInt8](config["sample-huggingface.json", default: ""].utf8)
    public static let sampleArXiv = [UInt8](config["sample-arxiv.xml", default: ""].utf8)

    /// - Parameter first: of a list that ends with one without a name.
    private static func files(_ first: UnsafePointer<broadsheet_file>) -> [String: String] {
        var files: [String: String] = [:]
        var next = first
        while let name = next.pointee.name, let text = next.pointee.text {
            files[String(cString: name)] = String(cString: text)
            next += 1
        }
        return files
    }
}
