import CKernels
import Foundation

/// Which of the kernels this processor runs.
enum ProcessorExamination {
    static var finding: Finding {
        let name = String(cString: gloss_isa_name())
        let cores = "\(ProcessInfo.processInfo.activeProcessorCount) cores"
        if gloss_isa() != gloss_isa_best() {
            return .note(
                "processor", "\(name), \(cores), though it can do better", remedy: "unset GLOSS_ISA")
        }
        guard gloss_isa() != GLOSS_ISA_PORTABLE else {
            return .note(
                "processor", "\(name), \(cores): without AVX2 or AVX-512 Gloss is several times slower",
                remedy: "use a newer processor, or let the virtual machine pass its features through")
        }
        return .ok("processor", "\(name), \(cores)")
    }
}
