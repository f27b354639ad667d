import GlossServer
import Testing

struct ServerConfigurationTests {
    @Test func theDefaultsHaveNoFault() { #expect(ServerConfiguration().fault == nil) }

    /// Beyond these a number would leave the range of what is counted with it.
    @Test(
        arguments: [
            ("limits.idleSeconds", \ServerConfiguration.limits.idleSeconds),
            ("limits.headSeconds", \.limits.headSeconds),
            ("limits.bodySeconds", \.limits.bodySeconds), ("limits.requestSeconds", \.limits.requestSeconds),
            ("limits.writeSeconds", \.limits.writeSeconds), ("limits.stopSeconds", \.limits.stopSeconds),
            ("watchInterval", \.watchInterval), ("keepAlive", \.keepAlive), ("slowRequest", \.slowRequest),
        ] as [(String, any WritableKeyPath<ServerConfiguration, Double> & Sendable)])
    func secondsHaveBounds(key: String, path: any WritableKeyPath<ServerConfiguration, Double> & Sendable) {
        for value in [-1, 1e8, 9_999_999_999, 1e300, .infinity, .nan] {
            var configuration = ServerConfiguration()
            configuration[keyPath: path] = value
            #expect(configuration.fault?.key == key, "\(value)")
        }
        var configuration = ServerConfiguration()
        configuration[keyPath: path] = 86_400
        #expect(configuration.fault == nil)
    }

    @Test func numbersHaveBounds() {
        func key(_ change: (inout ServerConfiguration) -> Void) -> String? {
            var configuration = ServerConfiguration()
            change(&configuration)
            return configuration.fault?.key
        }
        #expect(key { $0.limits.bodyBytes = .max } == "limits.bodyBytes")
        #expect(key { $0.limits.bodyBytes = 0 } == "limits.bodyBytes")
        #expect(key { $0.batchTokens = .max } == "batchTokens")
        #expect(key { $0.limits.textTokens = .max } == "limits.textTokens")
        #expect(key { $0.socket = "" } == "socket")
        #expect(key { $0.adminSocket = $0.socket } == "adminSocket")
    }
}
