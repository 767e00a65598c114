import Foundation

/// A measured figure: the median of some runs, and how far they lay apart.
struct Figure: CustomStringConvertible {
    /// How often everything is measured.
    static let runs = 3

    let name: String
    let values: [Double]
    let unit: String

    var median: Double { values.sorted()[values.count / 2] }

    var description: String {
        let sorted = values.sorted()
        return
            "\(name) \(Self.short(median)) \(unit)   (\(Self.short(sorted[0])) to \(Self.short(sorted[sorted.count - 1])))"
    }

    /// Three significant digits.
    private static func short(_ value: Double) -> String {
        guard value != 0 else { return "0" }
        let digits = max(0, 2 - Int(floor(log10(abs(value)))))
        return String(format: "%.\(digits)f", value)
    }
}

/// What the figures were measured on.
enum Machine {
    static func description(runs: Int) -> String {
        let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model =
            info.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? "unknown"
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return "# \(model.trimmingCharacters(in: .whitespaces)), \(cores) cores, median of \(runs) runs"
    }

    /// Lets ``peakMemory`` count from here on.
    static func forgetPeakMemory() {
        try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    }

    /// The most memory this process has held, in MB (VmHWM of `/proc/self/status`).
    static var peakMemory: Double { peakMemory(of: "self") }

    /// The same of any process, by its number; 0 for one that is gone.
    static func peakMemory(of process: String) -> Double {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return Double(line.split(separator: " ").dropFirst().first ?? "0").map { $0 / 1024 } ?? 0
    }
}
