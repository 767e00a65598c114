import NIOSSL

/// A certificate with its key, both in PEM files.
public struct LoopbackCertificate: Sendable {
    let context: NIOSSLContext

    /// - Throws: NIOSSL's error when a file cannot be read or the two do not belong together.
    public init(chainFile: String, keyFile: String) throws {
        let chain = try NIOSSLCertificate.fromPEMFile(chainFile).map(NIOSSLCertificateSource.certificate)
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        context = try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }
}
