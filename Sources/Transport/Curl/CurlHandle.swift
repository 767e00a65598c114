import CCurl
import Core
import Foundation

/// One libcurl easy handle. All pointers of libcurl stay in this file.
///
/// `@unchecked Sendable` because a handle may go from thread to thread but is never used by two at once: whoever
/// holds it (a fetch's thread, or a connecting thread that then gives it to the driver's) is its only user.
final class CurlHandle: @unchecked Sendable {
    /// What a callback wants next.
    enum Verdict { case goOn, stop }

    struct Failure: Error {
        let code: CURLcode
        /// libcurl's own words.
        let message: String
    }

    private let raw: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorBuffer: UnsafeMutablePointer<CChar>

    /// Called with each piece of the body.
    var onBody: (UnsafeRawBufferPointer) -> Verdict = { _ in .goOn }
    /// Called with each header line, or line of an SMTP reply, with its line end.
    var onHeader: (UnsafeRawBufferPointer) -> Verdict = { _ in .goOn }
    /// Called about once a second and whenever something moves.
    var onProgress: () -> Verdict = { .goOn }
    /// Called before each connection with the address and port that will really be used.
    var mayConnect: (IPAddress, UInt16) -> Bool = { _, _ in true }

    /// libcurl's once-per-process start; thread-safe and lasting by Swift's rules for static constants.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() throws(TransportError) {
        guard Self.isReady, let raw = curl_easy_init() else {
            throw TransportError(.unavailable, "libcurl cannot start: look for a lack of memory")
        }
        self.raw = raw
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        installCallbacks()
    }

    deinit {
        curl_easy_cleanup(raw)
        curl_slist_free_all(headerList)
        errorBuffer.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) { broadsheet_curl_set_long(raw, option, value) }
    func set(_ option: CURLoption, _ value: String?) { broadsheet_curl_set_string(raw, option, value) }
    func set(_ option: CURLoption, offset value: Int64) { broadsheet_curl_set_offset(raw, option, curl_off_t(value)) }

    func setHeaders(_ lines: [String]) {
        let old = headerList
        headerList = lines.reduce(nil) { curl_slist_append($0, $1) }
        broadsheet_curl_set_pointer(raw, CURLOPT_HTTPHEADER, headerList)
        curl_slist_free_all(old)
    }

    /// Blocks until the transfer, or the connecting, is over.
    func perform() throws(Failure) {
        errorBuffer[0] = 0
        let code = curl_easy_perform(raw)
        guard code == CURLE_OK else { throw failure(code) }
    }

    func info(_ info: CURLINFO) -> Int {
        var value = 0
        broadsheet_curl_get_long(raw, info, &value)
        return value
    }

    func text(_ info: CURLINFO) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        broadsheet_curl_get_string(raw, info, &value)
        return value.map { String(cString: $0) }
    }

    /// When the certificate that the server showed ends; nil without TLS, or without `CURLOPT_CERTINFO`.
    var certificateEnd: Date? {
        broadsheet_curl_certificate_end(raw).flatMap { CertificateTime.date(String(cString: $0)) }
    }

    /// The descriptor of the connection, or nil when there is none.
    var socket: Int32? {
        var value: curl_socket_t = -1
        broadsheet_curl_get_socket(raw, &value)
        return value < 0 ? nil : value
    }

    /// Writes what the socket takes.
    ///
    /// After 0 the next call must bring the same bytes at the same place: OpenSSL holds part of them encrypted.
    ///
    /// - Returns: how many bytes went out; 0 when the socket is full.
    func send(_ bytes: [UInt8], from start: Int) throws(Failure) -> Int {
        var sent = 0
        let code = bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.map { curl_easy_send(raw, $0 + start, buffer.count - start, &sent) } ?? CURLE_OK
        }
        guard code == CURLE_OK || code == CURLE_AGAIN else { throw failure(code) }
        return sent
    }

    /// Reads what has come.
    ///
    /// - Returns: the bytes; empty when the other side has closed; nil when nothing is there now.
    func receive(upTo limit: Int) throws(Failure) -> [UInt8]? {
        var received = 0
        var code = CURLE_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            code = curl_easy_recv(raw, buffer.baseAddress, limit, &received)
            count = code == CURLE_OK ? received : 0
        }
        if code == CURLE_AGAIN { return nil }
        guard code == CURLE_OK else { throw failure(code) }
        return bytes
    }

    private func failure(_ code: CURLcode) -> Failure {
        let detail = String(cString: errorBuffer)
        return Failure(code: code, message: detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail)
    }

    /// The handle outlives no callback: libcurl calls them only inside `perform`, while `self` is held by the caller.
    private func installCallbacks() {
        let user = Unmanaged.passUnretained(self).toOpaque()
        broadsheet_curl_set_pointer(raw, CURLOPT_ERRORBUFFER, errorBuffer)
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_XFERINFODATA, CURLOPT_OPENSOCKETDATA] {
            broadsheet_curl_set_pointer(raw, option, user)
        }
        broadsheet_curl_set_write_callback(raw) { data, size, count, user in
            let buffer = UnsafeRawBufferPointer(start: data, count: size * count)
            return CurlHandle.of(user)?.onBody(buffer) == .goOn ? size * count : 0
        }
        broadsheet_curl_set_header_callback(raw) { data, size, count, user in
            let buffer = UnsafeRawBufferPointer(start: data, count: size * count)
            return CurlHandle.of(user)?.onHeader(buffer) == .goOn ? size * count : 0
        }
        broadsheet_curl_set_progress_callback(raw) { user, _, _, _, _ in
            CurlHandle.of(user)?.onProgress() == .goOn ? 0 : 1
        }
        broadsheet_curl_set_socket_callback(raw) { user, _, address in
            guard let address, let (ip, port) = CurlHandle.endpoint(address),
                CurlHandle.of(user)?.mayConnect(ip, port) == true
            else { return CURL_SOCKET_BAD }
            return broadsheet_curl_open_socket(address)
        }
        // No signals: several threads fetch at once.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_NOPROGRESS, 0)
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> CurlHandle? {
        user.map { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func endpoint(_ address: UnsafePointer<curl_sockaddr>) -> (IPAddress, UInt16)? {
        var bytes = [UInt8](repeating: 0, count: 16)
        var port: UInt32 = 0
        let length = broadsheet_curl_address(address, &bytes, &port)
        guard length > 0, let ip = IPAddress(Array(bytes.prefix(Int(length)))) else { return nil }
        return (ip, UInt16(truncatingIfNeeded: port))
    }
}
