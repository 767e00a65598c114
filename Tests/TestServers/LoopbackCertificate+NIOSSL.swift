import Loopback
import NIOSSL

extension LoopbackCertificate {
    /// A certificate with its key, both in PEM files.
    ///
    /// - Throws: NIOSSL's error when a file cannot be read or the two do not belong together.
    public init(chainFile: String, keyFile: String) throws {
        let chain = try NIOSSLCertificate.fromPEMFile(chainFile).map(NIOSSLCertificateSource.certificate)
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
        self.init { NIOSSLServerHandler(context: context) }
    }
}
