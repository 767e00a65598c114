import HTTPTypes

/// What proxies add to a request. Where there is any of it, the other end of the connection is no client.
enum ProxyTraces {
    static func isAny(in headers: HTTPFields) -> Bool {
        headers.contains { names.contains($0.name.canonicalName) || $0.name.canonicalName.hasPrefix("x-forwarded") }
    }

    /// In lower case, beside `x-forwarded…`. That of nginx, Apache, HAProxy, Envoy, IIS and of the large content networks.
    private static let names: Set<String> = [
        "forwarded", "via", "proxy-connection", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "client-ip",
        "true-client-ip", "x-true-client-ip", "cf-connecting-ip", "cf-connecting-ipv6", "cf-ray", "cdn-loop",
        "fastly-client-ip", "fly-client-ip", "x-azure-clientip", "x-azure-ref", "x-amz-cf-id", "x-amzn-trace-id",
        "x-appengine-user-ip", "x-arr-log-id", "x-envoy-external-address", "x-original-forwarded-for",
        "x-original-host", "x-original-url", "x-original-uri", "x-originating-ip", "x-proxyuser-ip", "x-remote-addr",
        "x-remote-ip", "x-scheme", "x-url-scheme", "front-end-https", "wl-proxy-client-ip",
    ]

    /// What is added to a request in HTTP/1.0, which nginx speaks to the server behind it unless it is told otherwise,
    /// and nobody who asks this server directly.
    static let oldVersion = (name: "Via", value: "1.0 unknown")
}
