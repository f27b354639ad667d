"""The rows of the table: what is measured against whom, and the ratio that must be reached."""

import dataclasses

from shapes import Shape, language_model, varied


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    shape: Shape
    # Peer, or the best of several joined by " or " → the least ratio; None where none is asked for.
    peers: dict = dataclasses.field(default_factory=dict)
    rounds: int = 7
    # Gloss against itself: the shape to compare with, its name, the least ratio.
    base: Shape = None
    base_name: str = ""
    must: float = None

    @property
    def wanted(self):
        return {name for names in self.peers for name in names.split(" or ")}


one = Shape("inference", (25,))
many = Shape("inference", varied(768))
step = Shape("training", (30,) * 32, classes=5)
ragged = Shape("training", varied(32), classes=5)
lm = language_model("languageModel", (64,) * 32)
stream = language_model("generation", (100,))
streams = language_model("generation", (100,) * 16)


def cell(shape, kind):
    return dataclasses.replace(shape, cell=kind)


def at(shape, precision):
    return dataclasses.replace(shape, precision=precision)


def two(shape):
    return dataclasses.replace(shape, threads=2)


ROWS = [
    Row("LSTM, 25 tokens", one, {"PyTorch or PyTorch traced": 2.7, "ONNX Runtime": 1.5, "TensorFlow": None}, 9),
    Row("LSTM, 25 tokens", at(one, "bfloat16"), {"PyTorch": 4.0}, 9),
    Row("LSTM, 25 tokens", at(one, "int8"), {"PyTorch": 5.0, "ONNX Runtime": 1.8}, 9),
    Row("GRU, 25 tokens", cell(one, "gru"), {"PyTorch or PyTorch traced": 2.5, "ONNX Runtime": 1.4}, 9),
    Row("RNN, 25 tokens", cell(one, "rnn"), {"PyTorch or PyTorch traced": 2.5, "ONNX Runtime": 1.4}, 9),
    Row(
        "LSTM, 768 sentences", many,
        {"PyTorch or ONNX Runtime": 1.35, "PyTorch packed": 3.4, "TensorFlow": None}, 3),
    Row("LSTM, 768 sentences", at(many, "bfloat16"), {"PyTorch": 1.4}, 3),
    Row("LSTM, 768 sentences", at(many, "int8"), {"ONNX Runtime": 1.7, "PyTorch": None}, 3),
    Row("GRU, 768 sentences", cell(many, "gru"), {"PyTorch": 2.6, "ONNX Runtime": 1.5}, 3),
    Row("RNN, 768 sentences", cell(many, "rnn"), {"PyTorch": 2.0}, 3),
    Row("training step, 32 × 30", step, {"PyTorch": 1.2}, 5),
    Row("training step, 32 × 30", at(step, "bfloat16"), {"PyTorch autocast": 1.25}, 5),
    Row("training step, varied lengths", ragged, {"PyTorch": 3.5}, 5),
    Row("training step, varied lengths", at(ragged, "bfloat16"), {"PyTorch float32": 6.0}, 5),
    Row("language model training, 32 × 64", lm, {"PyTorch": 2.0}, 3),
    Row("language model training, 32 × 64", at(lm, "bfloat16"), {"PyTorch autocast": 1.8}, 3),
    Row("generation", stream, {"PyTorch": None, "ONNX Runtime": 2.5}, 3),
    Row("generation", at(stream, "int8"), {"PyTorch": 3.0, "ONNX Runtime": 1.7}, 3),
    Row("generation, 16 streams", streams, rounds=3, base=stream, base_name="one stream", must=3.0),
    Row("LSTM, 768 sentences, two cores", two(many), rounds=3, base=many, base_name="one core", must=1.7),
    Row("training step, two cores", two(step), rounds=5, base=step, base_name="one core", must=1.7),
]
