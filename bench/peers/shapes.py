"""What is measured: shapes, weights and input, the same for every contender."""

import dataclasses

import numpy as np

GATES = {"lstm": 4, "gru": 3, "rnn": 1}


@dataclasses.dataclass(frozen=True)
class Shape:
    """A network and its input; the names are those of gloss-bench's WorkDescription."""

    kind: str
    lengths: tuple
    cell: str = "lstm"
    layers: int = 2
    embedding: int = 128
    hidden: int = 256
    bidirectional: bool = True
    vocabulary: int = 20000
    classes: int = 20
    threads: int = 1
    precision: str = "float32"

    @property
    def tokens(self):
        return sum(self.lengths)

    @property
    def directions(self):
        return ["", "_reverse"] if self.bidirectional else [""]


def language_model(kind, lengths, **more):
    return Shape(kind, lengths, embedding=256, hidden=512, bidirectional=False, vocabulary=8192, classes=8192, **more)


def varied(count):
    """Lengths of sentences: log-normal around 18 tokens, 2 to 100."""
    logs = np.random.default_rng(7).normal(np.log(18), 0.6, count)
    return tuple(int(length) for length in np.clip(np.round(np.exp(logs)), 2, 100))


def ids(shape):
    """Ids of every sequence, back to back."""
    count = shape.tokens if shape.kind != "generation" else len(shape.lengths)
    return np.random.default_rng(3).integers(0, shape.vocabulary, count).astype(np.int32)


def sequences(shape, values):
    ends = np.cumsum(shape.lengths)
    return [values[end - length : end] for end, length in zip(ends, shape.lengths)]


def gloss_order(shape, tensor_named):
    """All parameters as float32 in the order in which Gloss walks them; tensor_named(name) gives PyTorch's.

    PyTorch keeps weights as [outputs, inputs] and two biases; LSTM and RNN of Gloss have the sum of both.
    """
    parts = [tensor_named("embedding.weight")]
    for layer in range(shape.layers):
        for suffix in shape.directions:
            name = f"l{layer}{suffix}"
            parts += [tensor_named(f"rnn.weight_ih_{name}").T, tensor_named(f"rnn.weight_hh_{name}").T]
            first, second = tensor_named(f"rnn.bias_ih_{name}"), tensor_named(f"rnn.bias_hh_{name}")
            parts += [first, second] if shape.cell == "gru" else [first + second]
    parts += [tensor_named("output.weight").T, tensor_named("output.bias")]
    return np.concatenate([np.ascontiguousarray(part, np.float32).ravel() for part in parts])
