import Foundation

/// What another process has used, as Linux tells it.
struct ProcessUsage {
    let process: pid_t

    /// Seconds of processor time of all its threads, past ones too; 0 once it is gone.
    var processorTime: Double {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory it has held, in MB (VmHWM).
    var peakMemory: Double { Machine.peakMemory(of: "\(process)") }
}
