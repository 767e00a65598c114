import COpenSSL

/// Base 64 of RFC 4648 section 4, on one line, by OpenSSL.
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String {
        // OpenSSL puts a NUL behind it.
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) { output in
            Int(EVP_EncodeBlock(output.baseAddress, bytes, Int32(bytes.count)))
        }
    }
}
