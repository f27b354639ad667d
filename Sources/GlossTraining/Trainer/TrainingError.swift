/// Why a training run cannot go on.
public enum TrainingError: Error, CustomStringConvertible, Sendable, Equatable {
    /// A gradient is not finite: nothing of that step was applied.
    case notFinite(epoch: Int, batch: Int, loss: Float)
    /// What was learned is of no use: how that shows.
    case diverged(String)
    /// The bytes of a checkpoint are not what was written.
    case damagedCheckpoint
    /// The checkpoint is of another configuration.
    case otherConfiguration(run: String)
    /// The data cannot be learned from.
    case data(String)
    /// A value of the configuration is out of its range.
    case configuration(key: String, value: String, remedy: String)

    /// One line: what, where, value, remedy.
    public var description: String {
        switch self {
        case .notFinite(let epoch, let batch, let loss):
            "epoch \(epoch), batch \(batch): the loss is \(loss) and its gradient is not finite; the last good state is "
                + "kept, resume with a lower optimizer.rate or optimizer.clip, or train again where it is past saving"
        case .diverged(let sign): "\(sign); train again with a lower optimizer.rate"
        case .damagedCheckpoint: "the checkpoint is damaged; train without --resume to start again"
        case .otherConfiguration(let run):
            "the checkpoint of \(run) was made with another configuration or other data; resume with the same ones, or "
                + "train without --resume"
        case .data(let message): message
        case .configuration(let key, let value, let remedy): "\(key) = \(value): \(remedy)"
        }
    }
}
