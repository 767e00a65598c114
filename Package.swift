// swift-tools-version:6.2
import PackageDescription

/// One target a module; a module depends only on modules above it in this list.
let package = Package(
    name: "broadsheet",
    targets: [
        .target(name: "Papers")
    ],
    swiftLanguageModes: [.v6]
)
