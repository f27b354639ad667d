import GlossTestSupport
import GlossText
import Testing

/// NFC and NFKC against UAX #15's own test, of which every line holds in every later version.
@Test(.enabled(if: SampleData.isPresent, "needs the test files in ../shared/data"))
func normalizesAsUnicodeSays() throws {
    let composed = Normalizer(.nfc), compatible = Normalizer(.nfkc)
    let lines = try Conformance.lines("NormalizationTest")
    #expect(lines.count > 18_000)
    var wrong: [Int] = []
    for line in lines {
        let columns = line.text.split(separator: ";").prefix(5).compactMap { Conformance.text($0) }
        guard columns.count == 5 else {
            wrong.append(line.number)
            continue
        }
        func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
        let isRight =
            columns[..<3].allSatisfy { same(composed($0), columns[1]) }
            && columns[3...].allSatisfy { same(composed($0), columns[3]) }
            && columns.allSatisfy { same(compatible($0), columns[3]) }
        if !isRight { wrong.append(line.number) }
    }
    #expect(wrong.isEmpty)
}

/// In Turkish and Azerbaijani I goes with ı and İ with i (CaseFolding.txt, status T).
@Test(arguments: [Normalization.none, .nfc, .nfkc]) func theDotOfTurkishStays(form: Normalization) {
    let text = "İSTANBUL ISPARTA Iğdır ı i"
    let turkish = "istanbul ısparta ığdır ı i", others = "i\u{307}stanbul isparta iğdır ı i"
    for language in ["tr", "az", "tr-TR", "az_Latn", "TUR"] {
        #expect(Normalizer(form, foldsCase: true, language: language)(text) == turkish, "\(language)")
    }
    for language in ["en", "trv", "de"] {
        #expect(Normalizer(form, foldsCase: true, language: language)(text) == others, "\(language)")
    }
    #expect(Normalizer(form, language: "tr")(text) == text)
}
