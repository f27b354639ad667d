import Foundation
import GlossStore
import Testing

@Suite struct StorePathsTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func make(_ name: String) throws {
        let file = URL(fileURLWithPath: folder.file(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("x".utf8).write(to: file)
    }

    private func paths(store: String? = nil, _ environment: [String: String], executable: String) throws -> StorePaths {
        try StorePaths(
            store: store, environment: environment, executable: folder.file(executable), system: folder.file("system"))
    }

    @Test(arguments: [
        ("/given.sqlite" as String?, "/given.sqlite"), (nil, "/variable.sqlite"),
    ])
    func theOptionGoesBeforeTheVariable(store: String?, expected: String) throws {
        let environment = ["GLOSS_STORE": "/variable.sqlite", "XDG_DATA_HOME": "/data", "HOME": "/home/me"]
        #expect(try paths(store: store, environment, executable: "gloss").user == expected)
    }

    @Test(arguments: [
        (["XDG_DATA_HOME": "/data", "HOME": "/home/me", "GLOSS_STORE": ""], "/data/gloss/models.sqlite"),
        (["XDG_DATA_HOME": "data", "HOME": "/home/me"], "/home/me/.local/share/gloss/models.sqlite"),
        (["XDG_DATA_HOME": "", "HOME": "/home/me"], "/home/me/.local/share/gloss/models.sqlite"),
        (["HOME": "/home/me"], "/home/me/.local/share/gloss/models.sqlite"),
    ])
    func theFolderFollowsTheEnvironment(environment: [String: String], expected: String) throws {
        #expect(try paths(environment, executable: "gloss").user == expected)
    }

    @Test func aPlaceIsAskedForWhenThereIsNone() {
        let error = #expect(throws: StoreError.self) { try paths([:], executable: "gloss") }
        #expect(error?.kind == .invalid)
        #expect(error?.message.contains("--store") == true)
        let empty = #expect(throws: StoreError.self) { try paths(store: "", ["HOME": "/"], executable: "gloss") }
        #expect(empty?.message.contains("--store is empty") == true)
    }

    @Test func theShippedStoreIsLookedForInOrder() throws {
        let build = "checkout/.build/release/gloss"
        let home = ["HOME": "/home/me"]
        #expect(try paths(home, executable: build).shipped == nil)
        try make("checkout/models/gloss.sqlite")
        #expect(try paths(home, executable: build).shipped == nil, "a folder without a package is no checkout")
        try make("checkout/Package.swift")
        #expect(try paths(home, executable: build).shipped == folder.file("checkout/models/gloss.sqlite"))
        try make("system/share/gloss/models.sqlite")
        #expect(try paths(home, executable: build).shipped == folder.file("system/share/gloss/models.sqlite"))
        try make("prefix/share/gloss/models.sqlite")
        #expect(
            try paths(home, executable: "prefix/bin/gloss").shipped == folder.file("prefix/share/gloss/models.sqlite"))
        let named = ["HOME": "/home/me", "GLOSS_SHIPPED": "/elsewhere.sqlite"]
        #expect(try paths(named, executable: "prefix/bin/gloss").shipped == "/elsewhere.sqlite")
    }

    @Test func theExecutableIsThisProcess() {
        #expect(FileManager.default.isExecutableFile(atPath: StorePaths.executable()))
        #expect(!StorePaths.executable().hasPrefix("/proc"))
    }
}
