import Foundation

/// Other programs that do the same work, to compare with. They are left out, with a word, where they are not installed.
enum Peer {
    /// Runs a Python script that prints lines of a name and seconds, or other numbers; its argument is a file with the input.
    ///
    /// - Parameter packages: what has to be installed.
    static func python(_ script: String, input: [UInt8], packages: String = "lxml feedparser") -> [Figure] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        do {
            try Data(input).write(to: file)
            let output = try run("/usr/bin/env", ["python3", "-c", script, file.path])
            let figures = output.split(separator: "\n").compactMap { line -> Figure? in
                let words = line.split(separator: " ")
                let values = words.dropFirst().compactMap { Double($0) }
                return values.isEmpty ? nil : Figure(name: String(words[0]), values: values, unit: "s")
            }
            if figures.isEmpty { print("# Python's peers are not installed: pip install \(packages)") }
            return figures
        } catch {
            print("# no peer in Python: \(error)")
            return []
        }
    }

    /// What a program printed.
    ///
    /// - Parameter isQuiet: whether what it complains of is of no interest.
    /// - Throws: ``BenchmarkFailure`` where it cannot be run or fails.
    static func run(_ program: String, _ arguments: [String], isQuiet: Bool = false) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program).resolvingSymlinksInPath()
        process.arguments = arguments
        process.standardOutput = pipe
        if isQuiet { process.standardError = FileHandle.nullDevice }
        try process.runUnmasked()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkFailure("\(program) ended with status \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Process {
    /// Runs with no signal blocked: the threads of a pool block all, and a program that times itself by alarms would never
    /// end.
    func runUnmasked() throws {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try run()
    }
}
