import Foundation
import Loopback
import TestTools

/// An authority and server certificates made by the openssl command, for one test run.
public struct TestCertificates {
    let folder: URL

    public var authority: String { folder.appendingPathComponent("ca.pem").path }

    public init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=TestAuthority"
        )
    }

    public func remove() { try? FileManager.default.removeItem(at: folder) }

    /// - Parameter days: how long it is valid from now; negative for one that has ended.
    public func certificate(for name: String, days: Int = 7) throws -> LoopbackCertificate {
        let file = UUID().uuidString
        try openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout \(file).key -out \(file).csr -subj /CN=\(name)"
        )
        let alternative = folder.appendingPathComponent("\(file).ext")
        let kind = name.allSatisfy { $0.isNumber || $0 == "." } ? "IP" : "DNS"
        try Data("subjectAltName=\(kind):\(name)\n".utf8).write(to: alternative)
        try openssl(
            "x509 -req -in \(file).csr -CA ca.pem -CAkey ca.key -CAcreateserial -out \(file).pem -days \(days) -extfile \(file).ext"
        )
        return try LoopbackCertificate(
            chainFile: folder.appendingPathComponent("\(file).pem").path,
            keyFile: folder.appendingPathComponent("\(file).key").path)
    }

    private func openssl(_ arguments: String) throws {
        try Command.run("openssl", arguments.split(separator: " ").map(String.init), in: folder)
    }
}
