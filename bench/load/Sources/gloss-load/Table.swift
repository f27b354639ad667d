import Foundation

/// The table that is printed: what was measured beside what is wanted.
struct Table {
    private(set) var failures = 0

    init() { show("| work | measured | wanted | |\n|---|---|---|---|") }

    /// Prints a row. `holds` says whether the wish is fulfilled.
    mutating func add(_ work: String, _ measured: String, wanted: String, _ holds: Bool) {
        show("| \(work) | \(measured) | \(wanted) | \(holds ? "yes" : "NO") |")
        if !holds { failures += 1 }
    }

    /// A row is seen as soon as it is there.
    private func show(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}

/// A number with so many digits behind the point.
func digits(_ value: Double, _ count: Int) -> String {
    guard value.isFinite else { return "none" }
    var scale = 1.0
    for _ in 0..<count { scale *= 10 }
    let whole = Int((value * scale).rounded())
    guard count > 0 else { return String(whole) }
    let rest = String(abs(whole) % Int(scale))
    let zeros = String(repeating: "0", count: count - rest.count)
    return "\(whole < 0 ? "-" : "")\(abs(whole) / Int(scale)).\(zeros)\(rest)"
}
