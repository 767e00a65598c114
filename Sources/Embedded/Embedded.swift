/// The files of `Templates/` and `config/` as they were when the program was built, so that it runs without them.
///
/// Both folders stand here as links; the build turns each file into bytes.
public enum Embedded {
    public static let topics = text(PackageResources.topics_yaml)
    public static let feeds = text(PackageResources.feeds_yaml)

    /// A day of invented papers for the demo, as Hugging Face and as arXiv would serve it.
    public static let sampleHuggingFace = PackageResources.sample_huggingface_json
    public static let sampleArXiv = PackageResources.sample_arxiv_xml

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
