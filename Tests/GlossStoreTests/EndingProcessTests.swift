import Foundation
import GlossStore
import Testing

@Suite struct EndingProcessTests {
    /// A daemon may be told to stop while it reads a model: what threads need until the last moment has to be there.
    @Test func aProcessEndsWellWhileItsThreadsRead() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("models.sqlite")
        try ModelStore(path: path, mode: .readWrite).save(sample())
        for _ in 0..<10 {
            await #expect(processExitsWith: .success) { [path = path as String] in
                for _ in 0..<4 {
                    let store = try ModelStore(path: path, mode: .readOnly)
                    Thread { while true { _ = try? store.load(ModelReference(name: "sentiment")) } }.start()
                }
                usleep(30_000)
                exit(0)
            }
        }
    }
}
