// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .swiftLanguageMode(.v6)]
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "gloss",
    products: [
        .executable(name: "gloss", targets: ["gloss"]), .executable(name: "gloss-bench", targets: ["gloss-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CICUSystem", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
        .systemLibrary(
            name: "CCompression", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev", "zlib1g-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(
            name: "CDigest", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CICU", dependencies: ["CICUSystem"], cSettings: strictC),
        .target(name: "CICUBench", dependencies: ["CICUSystem"], cSettings: strictC),
        .target(name: "CKernels", cSettings: strictC),
        .target(name: "GlossText", dependencies: ["CICU"], swiftSettings: strict),
        .target(name: "GlossNN", dependencies: ["CKernels"], swiftSettings: strict),
        .target(
            name: "GlossPipeline", dependencies: ["GlossText", "GlossNN"], swiftSettings: strict),
        .target(
            name: "GlossTraining",
            dependencies: [
                "CCompression", "CDigest", "GlossPipeline", "GlossText", "GlossNN",
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: strict),
        .target(
            name: "GlossStore",
            dependencies: [
                "CDigest", "GlossPipeline", "GlossNN", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "GlossServer",
            dependencies: [
                "CMalloc", "GlossPipeline", "GlossStore", "GlossText", "GlossNN",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "gloss",
            dependencies: [
                "CKernels", "GlossPipeline", "GlossServer", "GlossStore", "GlossText", "GlossTraining", "GlossNN",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "gloss-bench",
            dependencies: [
                "CICUBench", "CKernels", "GlossNN", "GlossPipeline", "GlossText",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        // What several of the tests need.
        .target(name: "GlossTestSupport", path: "Tests/GlossTestSupport", swiftSettings: strict),
        .testTarget(name: "GlossTextTests", dependencies: ["GlossText", "GlossTestSupport"], swiftSettings: strict),
        .testTarget(name: "GlossNNTests", dependencies: ["GlossNN", "CKernels"], swiftSettings: strict),
        .testTarget(
            name: "GlossPipelineTests", dependencies: ["GlossPipeline", "GlossText", "GlossNN"], swiftSettings: strict),
        .testTarget(
            name: "GlossTrainingTests",
            dependencies: ["GlossTraining", "GlossPipeline", "GlossText", "GlossNN", "GlossTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "GlossStoreTests",
            dependencies: ["GlossStore", "GlossPipeline", "GlossText", "GlossNN", "GlossTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "GlossServerTests",
            dependencies: [
                "GlossServer", "GlossStore", "GlossPipeline", "GlossText", "GlossNN",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "glossTests", dependencies: ["gloss", "GlossStore", "GlossTestSupport"], swiftSettings: strict),
        .testTarget(name: "GlossBenchTests", dependencies: ["gloss-bench"], swiftSettings: strict),
    ]
)
