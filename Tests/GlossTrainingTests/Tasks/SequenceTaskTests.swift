import GlossNN
import GlossPipeline
import GlossTraining
import Testing

struct SequenceTaskTests {
    private let task = SequenceTask<ClassificationHead>(
        sequences: (0..<100).map { WordSequence(ids: Array(repeating: 1, count: 1 + $0 * 7 % 30), words: []) },
        targets: Array(repeating: [0], count: 100), options: LossOptions(), batchTokens: 64,
        judge: { _ in Evaluation(score: 0, metrics: [:], shown: "") })

    @Test func anEpochHasEveryExampleOnce() {
        let batches = task.batches(epoch: 0, seed: 5)
        #expect(batches.flatMap { $0 }.sorted() == Array(0..<100))
        #expect(batches.allSatisfy { $0.count == 1 || task.tokens($0) <= 64 })
    }

    @Test func epochAndSeedDecideTheOrder() {
        #expect(task.batches(epoch: 1, seed: 5) == task.batches(epoch: 1, seed: 5))
        #expect(task.batches(epoch: 1, seed: 5) != task.batches(epoch: 2, seed: 5))
        #expect(task.batches(epoch: 1, seed: 5) != task.batches(epoch: 1, seed: 6))
    }

    @Test func shardsPartABatch() {
        let parts = task.split([5, 3, 8, 1, 9], shards: 2)
        #expect(parts == [[5, 8, 9], [3, 1]])
        #expect(task.split([4], shards: 2) == [[4]])
    }

    @Test func textsWithoutALabelHaveBatchesOfTheirOwn() {
        let more = (0..<30).map { WordSequence(ids: Array(repeating: 1, count: 1 + $0 % 9), words: []) }
        let both = SequenceTask(task, unlabelled: more)
        let batches = both.batches(epoch: 0, seed: 5)
        #expect(batches.flatMap { $0 }.sorted() == Array(0..<130))
        #expect(batches.allSatisfy { batch in Set(batch.map { $0 < 100 }).count == 1 })
        #expect(batches.allSatisfy { $0.count == 1 || both.tokens($0) <= 64 })
        let kinds = batches.map { $0[0] < 100 }
        #expect(zip(kinds, kinds.dropFirst()).count { $0 != $1 } > 4, "they take turns: \(kinds)")
    }
}
