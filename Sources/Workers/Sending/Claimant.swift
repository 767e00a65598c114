import Foundation

/// Names a sending process so that another on the same machine can tell whether it is still alive.
///
/// `host/boot/pid/start`: the boot id and the process's start time make a name that is never used twice, even where process
/// numbers are. To the host belongs the namespace of its process numbers: two containers of one name do not see each other's
/// processes.
public struct Claimant: Sendable, CustomStringConvertible {
    public let description: String

    /// This process.
    public static let current = Claimant(
        description: [host, boot, "\(getpid())", start(of: getpid()) ?? "0"].joined(separator: "/"))

    private init(description: String) { self.description = description }

    /// Whether the process of that name is known to be gone: it ran on this machine, and either the machine has been
    /// started anew since, or no process with that number and start time is there.
    ///
    /// - Parameter isShared: whether other machines may send, too. Then one that bears this one's name and was started at
    ///   another time may be another and alive, see ``Heartbeat``.
    static func isDead(_ name: String, isShared: Bool = false) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == host, let pid = Int32(parts[2]) else { return false }
        if parts[1] != boot { return !isShared }
        return start(of: pid) != parts[3]
    }

    private static let host: String = {
        let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        return "\(ProcessInfo.processInfo.hostName) \(namespace.filter(\.isNumber))"
    }()
    private static let boot = read("/proc/sys/kernel/random/boot_id")?.prefix(8).description ?? "unknown"

    /// Clock ticks from boot to the start of a process (field 22 of /proc/PID/stat), or nil where there is none.
    private static func start(of pid: Int32) -> String? {
        // The second field is the command's name in parentheses and may hold anything, so count from its end.
        guard let stat = read("/proc/\(pid)/stat"), let close = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: close)...].split(separator: " ")
        return fields.count > 19 ? String(fields[19]) : nil
    }

    private static func read(_ path: String) -> String? {
        (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
