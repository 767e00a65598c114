/// Why JSON could not be read, and where.
struct JSONError: Error, CustomStringConvertible {
    enum Problem {
        /// Not JSON (RFC 8259); nothing after it can be trusted.
        case syntax
        /// The document ends in the middle of a value.
        case truncated
        /// Sound JSON that is not what the format promises; the next element may be.
        case shape
        /// Nested beyond reason.
        case depth
        /// More elements than are read.
        case count
    }

    let problem: Problem
    let message: String
    let line: Int
    /// In bytes, from 1.
    let column: Int

    var description: String { "line \(line), column \(column): \(message)" }
}
