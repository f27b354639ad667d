import Foundation
import GlossTraining
import Testing

struct SearchValueTests {
    @Test(arguments: [
        ("true", "true"), ("64", "64"), ("0.5", "0.5"), ("\"gru\"", "gru"),
        ("[\"max\",\"mean\"]", "[\"max\", \"mean\"]"),
        ("[1,2.5]", "[1, 2.5]"), ("[\"a\\\"b\"]", "[\"a\\\"b\"]"), ("{\"0\":\"no\"}", "{ 0 = \"no\" }"),
    ])
    func aValueIsWrittenAsASettingTakesIt(json: String, setting: String) throws {
        let value = try JSONDecoder().decode(SearchValue.self, from: Data(json.utf8))
        #expect(value.setting == setting)
        #expect(try JSONDecoder().decode(SearchValue.self, from: JSONEncoder().encode(value)) == value)
    }
}
