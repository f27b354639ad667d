/// Which trials have how many epochs: many have few, the best of them more (Jamieson and Talwalkar 2016, algorithm 1).
///
/// Each step is a whole run of its own with the rate's whole schedule, not the continuation of a shorter one: a run that
/// is stopped while its rate is high says little of what it would come to.
package struct SuccessiveHalving: Sendable, Equatable {
    /// A step: so many trials, each with the `divisor`th part of its epochs.
    package struct Rung: Sendable, Equatable {
        package var trials: Int
        package var divisor: Int
    }

    /// From many short trials to few whole ones.
    package let rungs: [Rung]

    /// As many steps as leave a trial at the end and an epoch at the beginning.
    package init(trials: Int, epochs: Int, halving: Int) {
        var powers = [1]
        while halving > 1, let last = powers.last, min(trials, epochs) / last >= halving {
            powers.append(last * halving)
        }
        rungs = zip(powers, powers.reversed()).map { Rung(trials: trials / $0, divisor: $1) }
    }
}
