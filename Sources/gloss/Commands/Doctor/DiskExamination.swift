import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Whether a training would find room for its state and its model.
struct DiskExamination {
    /// The store.
    let path: String

    /// Less than this does not hold a checkpoint, its predecessor and the finished model of a usual size.
    private static let wanted = 200_000_000

    var finding: Finding {
        var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path) {
            folder.deleteLastPathComponent()
        }
        var status = statvfs()
        guard statvfs(folder.path, &status) == 0 else {
            return .fault(
                "disk", "\(folder.path) cannot be examined (\(String(cString: strerror(errno))))", ExitStatus.io,
                remedy: "name another place with --store or GLOSS_STORE")
        }
        let (product, isTooLarge) = Int(clamping: status.f_bavail)
            .multipliedReportingOverflow(by: Int(clamping: status.f_frsize))
        let free = isTooLarge ? .max : product
        guard free >= Self.wanted else {
            return .fault(
                "disk", "\(Table.size(free)) free at \(folder.path), a training wants \(Table.size(Self.wanted))",
                ExitStatus.io, remedy: "make room, or name another place with --store or GLOSS_STORE")
        }
        guard access(folder.path, W_OK) == 0 else {
            return .note(
                "disk", "\(folder.path) is not writable, so models can be used there but not stored",
                remedy: "name another place with --store or GLOSS_STORE to train")
        }
        return .ok("disk", "\(Table.size(free)) free at \(folder.path)")
    }
}
