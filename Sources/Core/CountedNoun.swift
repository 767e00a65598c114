/// A number with its English noun, for logs, commands and errors: `1 paper`, `0 papers`, `2 papers`.
///
/// - Parameter plural: for a noun that takes another ending than -s.
public func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
