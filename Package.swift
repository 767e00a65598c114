// swift-tools-version:6.2
import PackageDescription

// Every import is declared: `--explicit-target-dependency-import-check error` holds it, see deploy/test.
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPOSIX: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// One target a module; a module depends only on modules above it in this list, but for the benchmarks, which share tools with
/// the tests.
let package = Package(
    name: "broadsheet",
    products: [
        .executable(name: "broadsheet", targets: ["broadsheet"])
    ],
    traits: [
        .trait(name: "PostgreSQL", description: "Lets the database be on a PostgreSQL server; needs libpq.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries, each behind a module map and thin inline wrappers.
        .systemLibrary(
            name: "CCurl", path: "Sources/System/CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "COpenSSL", path: "Sources/System/COpenSSL", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CLibXML2", path: "Sources/System/CLibXML2", pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"])]),
        // glibc's own: needs no package.
        .systemLibrary(name: "CResolver", path: "Sources/System/CResolver"),
        .systemLibrary(
            name: "CPostgres", path: "Sources/System/CPostgres", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]),

        // A look at many bytes at once.
        .target(name: "CTextScan", path: "Sources/System/CTextScan"),
        // The files of Templates/ and config/, through links beside the source.
        .target(
            name: "CEmbedded", path: "Sources/System/CEmbedded", exclude: ["Templates", "config"],
            sources: ["files.c"]),

        // Values that belong to no trade: civil days and time zones, hashes, caches, what shows nothing.
        .target(name: "Core"),

        // The path a paper takes.
        .target(name: "Papers", dependencies: ["Core"]),
        .target(name: "Feeds", dependencies: ["Core", "Papers", "CLibXML2"]),
        .target(name: "Filters", dependencies: ["Core", "Papers"]),
        .target(name: "Transport", dependencies: ["Core", "CCurl", "CResolver", "CTextScan"]),
        .target(name: "Mail", dependencies: ["Core", "COpenSSL", "CTextScan"]),
        .target(
            name: "Store",
            dependencies: [
                "Core", "Papers", "Filters", "Mail", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .target(name: "CPostgres", condition: .when(traits: ["PostgreSQL"])),
            ]),
        .target(
            name: "Digests",
            dependencies: [
                "Core", "Papers", "Filters", "Mail", .product(name: "Mustache", package: "swift-mustache"), yams,
            ]),
        .target(name: "Embedded", dependencies: ["CEmbedded"]),
        .target(
            name: "Site",
            dependencies: [
                "Core", "Filters", "Transport", "Mail", "COpenSSL",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"), yams,
            ]),
        .target(
            name: "Workers",
            dependencies: [
                "Core", "Papers", "Feeds", "Filters", "Transport", "Mail", "Store", "Digests", "Embedded", "Site",
                logging, serviceLifecycle,
            ]),
        .target(
            name: "Web",
            dependencies: [
                "Core", "Papers", "Filters", "Transport", "Mail", "Store", "Digests", "Site", "Workers", "COpenSSL",
                httpTypes, hummingbird, .product(name: "HummingbirdCore", package: "hummingbird"), logging, nio,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"), serviceLifecycle,
            ]),

        // Real servers on loopback, for the demo, the tests and the benchmarks.
        .target(
            name: "Loopback",
            dependencies: [
                nio, nioPOSIX, .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "broadsheet",
            dependencies: [
                "Core", "Papers", "Feeds", "Filters", "Transport", "Mail", "Store", "Digests", "Embedded", "Site",
                "Workers", "Web", "Loopback", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                logging, serviceLifecycle,
            ]),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Core", "Papers", "Feeds", "Filters", "Mail", "Store", "Site", "Workers", "Loopback", "TestTools",
                "CLibXML2", "CTextScan", .product(name: "GRDB", package: "GRDB.swift"), logging,
            ]),

        // What tests and benchmarks share: without the house, and with it.
        .target(name: "TestTools", path: "Tests/TestTools"),
        // Servers that the program itself has no use for, and their certificates.
        .target(
            name: "TestServers",
            dependencies: [
                "Loopback", "TestTools", nio, nioPOSIX, .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], path: "Tests/TestServers"),
        .target(
            name: "TestSupport",
            dependencies: ["Papers", "Mail", "Store", "Site", "Workers", "Loopback", "TestTools", logging],
            path: "Tests/TestSupport"),
        .testTarget(name: "CoreTests", dependencies: ["Core"]),
        .testTarget(name: "PapersTests", dependencies: ["Papers", "TestTools"]),
        .testTarget(name: "FeedsTests", dependencies: ["Papers", "Feeds", "TestTools"]),
        .testTarget(name: "FiltersTests", dependencies: ["Core", "Papers", "Filters", "TestTools"]),
        .testTarget(
            name: "TransportTests",
            dependencies: ["Core", "Transport", "Loopback", "TestTools", "TestServers"]),
        .testTarget(name: "LoopbackTests", dependencies: ["Loopback", nio]),
        .testTarget(name: "MailTests", dependencies: ["Mail", "TestTools"]),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Core", "Papers", "Mail", "Store", "Loopback", "TestTools", "TestSupport"]),
        .testTarget(
            name: "DigestsTests", dependencies: ["Core", "Papers", "Mail", "Digests"], exclude: ["Fixtures"]),
        .testTarget(name: "SiteTests", dependencies: ["Mail", "Site"]),
        .testTarget(
            name: "WorkersTests",
            dependencies: [
                "Core", "Papers", "Feeds", "Filters", "Transport", "Mail", "Store", "Digests", "Site", "Workers",
                "Loopback", "TestTools", "TestServers", "TestSupport", logging, serviceLifecycle,
            ], exclude: ["Returned/Real"]),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Core", "Papers", "Feeds", "Filters", "Transport", "Mail", "Store", "Digests", "Embedded", "Site",
                "Workers", "Web", "Loopback", "TestTools", "TestSupport", httpTypes, hummingbird, logging, nio,
                nioPOSIX, serviceLifecycle,
            ], exclude: ["Pages/Fixtures"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["broadsheet", "Core", "Mail", "Store", "Loopback", "TestServers", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
