import COpenSSL

/// Base 64 of RFC 4648 section 4, on one line, by OpenSSL.
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String { encode(bytes[...]) { $0.count } }

    /// - Parameter edit: changes the text where it stands, and says how many of its bytes are kept.
    package static func encode(_ bytes: ArraySlice<UInt8>, edit: (UnsafeMutableBufferPointer<UInt8>) -> Int) -> String {
        // OpenSSL puts a NUL behind it.
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) { output in
            let count = bytes.withUnsafeBufferPointer {
                Int(EVP_EncodeBlock(output.baseAddress, $0.baseAddress, Int32($0.count)))
            }
            return edit(UnsafeMutableBufferPointer(rebasing: output[..<count]))
        }
    }
}
