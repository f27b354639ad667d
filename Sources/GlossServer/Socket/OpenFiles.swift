#if canImport(Glibc)
    import Glibc
#endif

/// How many files this process may have open.
enum OpenFiles {
    /// Takes all that the system allows (getrlimit(2)): the usual soft limit of 1024 is less than the connections.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
