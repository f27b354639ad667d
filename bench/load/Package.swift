// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody builds it who does not measure.
let package = Package(
    name: "gloss-load",
    targets: [
        .systemLibrary(name: "CEpoll"),
        .executableTarget(
            name: "gloss-load", dependencies: ["CEpoll"],
            swiftSettings: [.treatAllWarnings(as: .error), .swiftLanguageMode(.v6)]),
    ]
)
