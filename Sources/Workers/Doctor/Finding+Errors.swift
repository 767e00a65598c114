import Digests
import Site
import Store
import Transport

extension Finding {
    /// An error of ours as a finding: its mend becomes the second line.
    static func failed(_ check: String, _ error: any Error) -> Finding {
        switch error {
        case let error as SiteError: failed(check, "\(error.place): \(error.problem)", mend: error.mend)
        case let error as StoreError: failed(check, error.what, mend: error.mend)
        case let error as TemplateError:
            failed(
                check, (error.line.map { "\(error.file), line \($0)" } ?? error.file) + ": \(error.message)",
                mend: error.mend)
        case let error as TransportError: transport(check, error.description)
        default: failed(check, "\(error)", mend: "see the message")
        }
    }

    /// What goes wrong on the way says how to mend it after its last colon.
    private static func transport(_ check: String, _ text: String) -> Finding {
        guard let colon = text.range(of: ": ", options: .backwards) else {
            return failed(check, text, mend: "check the address")
        }
        return failed(check, String(text[..<colon.lowerBound]), mend: String(text[colon.upperBound...]))
    }
}
