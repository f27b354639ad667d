"""ONNX Runtime: a graph of its own recurrent operators, in float32 or quantized."""

import os
import tempfile

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

# Where ONNX puts the gates that PyTorch orders i f g o and r z n.
ORDER = {"lstm": [0, 3, 1, 2], "gru": [1, 0, 2], "rnn": [0]}


def graph(shape, named, with_state):
    """[time, batch] ids → scores [time, batch, classes], or with the states of each layer in and out and the best
    symbol in place of the scores."""

    def gates(matrix):
        blocks = matrix.reshape(len(ORDER[shape.cell]), shape.hidden, *matrix.shape[1:])
        return np.concatenate([blocks[index] for index in ORDER[shape.cell]])

    def both(pattern, layer):
        return np.stack([gates(named(pattern.format(f"l{layer}{suffix}"))) for suffix in shape.directions])

    constants = {"vectors": named("embedding.weight"), "width": np.array([0, 0, shape.hidden * len(shape.directions)])}
    nodes = [helper.make_node("Gather", ["vectors", "ids"], ["x0"])]
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["time", "batch"])]
    outputs = []
    if not with_state:
        inputs.append(helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]))
    for layer in range(shape.layers):
        constants[f"W{layer}"] = both("rnn.weight_ih_{}", layer)
        constants[f"R{layer}"] = both("rnn.weight_hh_{}", layer)
        constants[f"B{layer}"] = np.concatenate(
            [both("rnn.bias_ih_{}", layer), both("rnn.bias_hh_{}", layer)], axis=1)
        reads = [f"x{layer}", f"W{layer}", f"R{layer}", f"B{layer}"]
        writes = [f"y{layer}"]
        if with_state:
            state = [1, "batch", shape.hidden]
            for kind in "hc":
                inputs.append(helper.make_tensor_value_info(f"{kind}_in{layer}", TensorProto.FLOAT, state))
                outputs.append(helper.make_tensor_value_info(f"{kind}_out{layer}", TensorProto.FLOAT, state))
            reads += ["", f"h_in{layer}", f"c_in{layer}"]
            writes += [f"h_out{layer}", f"c_out{layer}"]
        else:
            reads.append("lengths")
        more = {"linear_before_reset": 1} if shape.cell == "gru" else {}
        direction = "bidirectional" if shape.bidirectional else "forward"
        nodes += [
            helper.make_node(
                shape.cell.upper(), reads, writes, hidden_size=shape.hidden, direction=direction, **more),
            helper.make_node("Transpose", [f"y{layer}"], [f"t{layer}"], perm=[0, 2, 1, 3]),
            helper.make_node("Reshape", [f"t{layer}", "width"], [f"x{layer + 1}"]),
        ]
    constants["V"], constants["b"] = named("output.weight").T.copy(), named("output.bias")
    nodes += [
        helper.make_node("MatMul", [f"x{shape.layers}", "V"], ["product"]),
        helper.make_node("Add", ["product", "b"], ["scores"]),
    ]
    if with_state:
        nodes.append(helper.make_node("ArgMax", ["scores"], ["best"], axis=-1, keepdims=0))
        outputs.insert(0, helper.make_tensor_value_info("best", TensorProto.INT64, ["time", "batch"]))
    else:
        outputs.append(
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["time", "batch", shape.classes]))
    tensors = [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in constants.items()]
    return helper.make_model(
        helper.make_graph(nodes, "network", inputs, outputs, tensors),
        opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def session(shape, named, with_state=False):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = shape.threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0" if shape.threads == 1 else "1")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "network.onnx")
        onnx.save(graph(shape, named, with_state), path)
        if shape.precision == "int8":
            quantize_dynamic(path, path + ".int8", weight_type=QuantType.QInt8)
            path += ".int8"
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def inference(shape, named, batches):
    """One run over padded batches of similar length."""
    model = session(shape, named)
    feeds = [
        {"ids": padded.numpy().T.copy(), "lengths": lengths.numpy().astype(np.int32)} for _, padded, lengths in batches]

    def run():
        return [model.run(None, feed)[0] for feed in feeds]

    return {"ONNX Runtime": run}


def generation(shape, named):
    """The best next symbol, again and again; and what is generated."""
    model = session(shape, named, with_state=True)
    names = [output.name for output in model.get_outputs()]

    def run():
        streams = len(shape.lengths)
        feed = {"ids": np.arange(streams, dtype=np.int64)[None]}
        for layer in range(shape.layers):
            for kind in "hc":
                feed[f"{kind}_in{layer}"] = np.zeros((1, streams, shape.hidden), np.float32)
        symbols = []
        for _ in range(shape.lengths[0]):
            out = dict(zip(names, model.run(None, feed)))
            symbols.append(out["best"].ravel())
            feed = {"ids": out["best"].reshape(1, streams)}
            for layer in range(shape.layers):
                for kind in "hc":
                    feed[f"{kind}_in{layer}"] = out[f"{kind}_out{layer}"]
        return np.stack(symbols, 1).ravel()

    return {"ONNX Runtime": run}
