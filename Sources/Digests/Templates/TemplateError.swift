/// A template that cannot be used: which file, which line, what is wrong and how to mend it.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name, with its folder where it comes from one.
    public let file: String
    /// Counts from 1; nil where the whole file or folder is meant.
    public let line: Int?
    /// What is wrong there.
    public let message: String
    /// What to do about it.
    public let mend: String

    init(_ file: String, line: Int? = nil, _ message: String, mend: String) {
        self.file = file
        self.line = line
        self.message = message
        self.mend = mend
    }

    public var description: String {
        let place = line.map { "\(file), line \($0)" } ?? file
        return "\(place): \(message); \(mend)"
    }
}
