"""TensorFlow: a process of its own environment that answers one JSON request a line, as gloss-bench worker does."""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from keras import Input, Model, layers

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)


def network(shape, named):
    """The scores of every token; a GRU keeps both biases, the other cells their sum."""
    cell = {"lstm": layers.LSTM, "gru": layers.GRU, "rnn": layers.SimpleRNN}[shape["cell"]]
    ids = Input((None,), dtype="int32")
    embedding = layers.Embedding(shape["vocabulary"], shape["embedding"])
    stack = [layers.Bidirectional(cell(shape["hidden"], return_sequences=True)) for _ in range(shape["layers"])]
    output = layers.Dense(shape["classes"])
    x = embedding(ids)
    for layer in stack:
        x = layer(x)
    model = Model(ids, output(x))
    # Keras orders the gates of an LSTM i f g o, as PyTorch does, and those of a GRU z r n.
    order = [1, 0, 2] if shape["cell"] == "gru" else None

    def gates(values):
        if order is None:
            return values
        blocks = values.reshape(3, shape["hidden"], *values.shape[1:])
        return np.concatenate([blocks[index] for index in order])

    embedding.set_weights([named("embedding.weight")])
    for number, layer in enumerate(stack):
        weights = []
        for suffix in ["", "_reverse"]:
            name = f"l{number}{suffix}"
            biases = [gates(named(f"rnn.bias_{kind}_{name}")) for kind in ("ih", "hh")]
            weights += [gates(named(f"rnn.weight_{kind}_{name}")).T for kind in ("ih", "hh")]
            weights.append(np.stack(biases) if shape["cell"] == "gru" else biases[0] + biases[1])
        layer.set_weights(weights)
    output.set_weights([named("output.weight").T, named("output.bias")])
    return tf.function(lambda x: model(x, training=False), input_signature=[tf.TensorSpec((None, None), tf.int32)])


def main():
    works = {}
    for line in sys.stdin:
        request = json.loads(line)
        if "shape" in request:
            weights = np.load(request["weights"])
            batches = np.load(request["batches"])
            call = network(request["shape"], lambda name: weights[name])
            works[request["name"]] = (call, [tf.constant(batches[key].astype(np.int32)) for key in batches.files])
        call, batches = works[request["name"]]
        seconds = []
        for _ in range(request.get("runs", 0)):
            start = time.process_time()
            for batch in batches:
                call(batch)
            seconds.append(time.process_time() - start)
        if "result" in request:
            np.save(request["result"], call(batches[0]).numpy())
        print(json.dumps({"seconds": seconds}), flush=True)


main()
