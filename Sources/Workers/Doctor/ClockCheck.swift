import Foundation
import Transport

/// Whether this machine's clock is right: by what servers elsewhere show (RFC 9110 section 6.6.1), and by what the kernel
/// says of its being kept.
struct ClockCheck: Sendable {
    let times: FeedsCheck.Times

    /// Seconds that a clock may be off before mails look odd and signatures are doubted.
    private static let tolerance: TimeInterval = 60

    func run() -> Finding {
        let mend = "set the clock and have it kept, as with `timedatectl set-ntp true`"
        if let (host, shown, here) = times.first {
            let skew = here.timeIntervalSince(shown)
            guard abs(skew) <= Self.tolerance else {
                return .failed(
                    "clock", "it is \(Int(abs(skew))) s \(skew > 0 ? "ahead of" : "behind") that of \(host)", mend: mend
                )
            }
        }
        let compared = times.first.map { "agrees with \($0.host)" }
        switch ClockDiscipline.current {
        case .kept: return .ok("clock", compared.map { "\($0) and is kept by NTP" } ?? "kept by NTP")
        case .notKept:
            return .warning(
                "clock", (compared.map { "\($0), but " } ?? "") + "no time service keeps it right", mend: mend)
        case .unknown:
            return compared.map { .ok("clock", $0) }
                ?? .warning("clock", "there was no server to compare it with", mend: mend)
        }
    }
}
