import GlossNN
import Testing

@Suite struct SequenceLayoutTests {
    @Test func rowsStandStepByStepLongestFirst() {
        let layout = SequenceLayout(lengths: [2, 4, 1, 4])
        #expect(layout.order == [1, 3, 0, 2])
        #expect(layout.active == [4, 3, 2, 2])
        #expect(layout.offsets == [0, 4, 7, 9])
        #expect(layout.rows == 11)
        #expect(layout.packed(["ab", "cdef", "g", "hijk"].map(Array.init)) == Array("chagdibejfk"))
    }

    @Test(arguments: [[1], [3, 3, 3], raggedLengths, []])
    func unpackedIsTheInverseOfPacked(lengths: [Int]) {
        let layout = SequenceLayout(lengths: lengths)
        let sequences = lengths.enumerated().map { index, length in (0..<length).map { [index, $0] } }
        let rows = layout.packed(sequences)
        #expect(rows.count == layout.rows)
        #expect(layout.unpacked(rows) == sequences)
        for (rank, index) in layout.order.enumerated() {
            for step in 0..<lengths[index] { #expect(rows[layout.row(rank: rank, step: step)] == [index, step]) }
        }
    }
}
