import Foundation
import Synchronization

/// The exclusive right to train one model name on a store, held until released or until the process ends, however it
/// ends.
///
/// It is a `flock(2)` on a file beside the store; the file holds the holder's process number and goes with the lock.
public final class TrainingLock: Sendable {
    /// The lock's file.
    public let path: String

    private let descriptor: Mutex<Int32?>

    /// Takes the right, at once or not at all.
    ///
    /// - Parameters:
    ///   - store: The store's file, which need not exist yet.
    ///   - model: The name to be trained.
    /// - Throws: `StoreError`: `busy` naming the process that holds it, `invalid` for a bad name, `readOnly` or `io`
    ///   when the folder cannot be written to.
    public init(store: String, model: String) throws(StoreError) {
        let name = try ModelReference(name: model).name
        try StoreFile.makeFolder((StoreFile.absolute(store) as NSString).deletingLastPathComponent)
        path = "\(StoreFile.absolute(store)).\(name).lock"
        descriptor = Mutex(try TrainingLock.take(path, model: name))
    }

    deinit { release() }

    /// Gives the right back; a second call does nothing.
    public func release() {
        descriptor.withLock { descriptor in
            guard let held = descriptor else { return }
            // Removed while still locked, so that no other process can have taken this very file.
            unlink(path)
            close(held)
            descriptor = nil
        }
    }

    private static func take(_ path: String, model: String) throws(StoreError) -> Int32 {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else {
                let reason = errno
                throw StoreError(
                    reason == EACCES || reason == EROFS || reason == EPERM ? .readOnly : .io,
                    "could not make the lock \(path) for training \(model): \(String(cString: strerror(reason))); name a store elsewhere with --store"
                )
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let reason = errno
                let holder = readHolder(descriptor)
                close(descriptor)
                guard reason == EWOULDBLOCK else {
                    throw StoreError(.io, "could not lock \(path): \(String(cString: strerror(reason)))")
                }
                throw StoreError(
                    .busy,
                    "\(model) is already being trained by process \(holder) (lock \(path)); wait for it, stop it, or train under another name"
                )
            }
            // A holder that was just releasing may have removed this file before it was locked: then begin again.
            guard isStillThere(path, descriptor) else {
                close(descriptor)
                continue
            }
            let holder = Array("\(getpid())\n".utf8)
            guard ftruncate(descriptor, 0) == 0, write(descriptor, holder, holder.count) == holder.count else {
                let reason = errno
                unlink(path)
                close(descriptor)
                throw StoreError(
                    reason == ENOSPC ? .full : .io,
                    "could not write the lock \(path): \(String(cString: strerror(reason)))")
            }
            return descriptor
        }
    }

    private static func readHolder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).filter(\.isNumber)
        return digits.isEmpty ? "unknown" : digits
    }

    private static func isStillThere(_ path: String, _ descriptor: Int32) -> Bool {
        var atPath = stat()
        var opened = stat()
        return stat(path, &atPath) == 0 && fstat(descriptor, &opened) == 0 && atPath.st_ino == opened.st_ino
            && atPath.st_dev == opened.st_dev
    }
}
