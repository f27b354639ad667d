"""Measures Gloss beside its peers, interleaved, on the same weights and input.

Before any time is taken, what a contender computes is compared with PyTorch's float32 result; a difference above the
precision's bound ends the run. One thread works at a time, all on one core, and times are the processor's, so that
whatever else the machine does counts for nobody. A figure is the median over rounds, a ratio that of two medians. Two
threads against one are timed by the clock, and the least time of each counts: only a quiet moment shows what two cores do.
"""

import argparse
import dataclasses
import json
import os
import statistics
import sys
import time

import numpy as np
import torch

import document
import onnx_peer
import torch_peer
from gloss_worker import Gloss
from rows import ROWS
from shapes import gloss_order, ids
from tensorflow_peer import TensorFlow

# The greatest difference from PyTorch's float32 result, relative to its greatest value.
BOUND = {"float32": 1e-4, "bfloat16": 5e-2, "int8": 1e-1}


def check(what, values, reference, precision):
    if len(values) != len(reference):
        sys.exit(f"{what}: {len(values)} values, PyTorch has {len(reference)}")
    error = np.abs(values - reference).max() / np.abs(reference).max()
    if not error <= BOUND[precision]:
        sys.exit(f"{what}: off by {error:.1e} from PyTorch in float32, more than {BOUND[precision]:.0e}")


def agreement(what, symbols, reference, streams):
    """Generated symbols must agree up to a tie: at least the first eighth of each stream."""
    first = reference.size // streams // 8
    if not np.array_equal(symbols.reshape(streams, -1)[:, :first], reference.reshape(streams, -1)[:, :first]):
        sys.exit(f"{what}: generates other symbols than PyTorch in float32")


class Clock:
    """Makes a timed call of a function in this process."""

    def __init__(self, threads):
        self.now = time.process_time if threads == 1 else time.perf_counter

    def __call__(self, function):
        def timed(runs):
            seconds = []
            for _ in range(runs):
                start = self.now()
                function()
                seconds.append(self.now() - start)
            return seconds

        return timed


def contenders(shape, wanted, gloss, tensorflow):
    """Name → a function of the number of runs that returns the seconds of each, all checked."""
    torch.set_num_threads(shape.threads)
    model = torch_peer.network(shape)
    named, values = model.named(), ids(shape)
    ours = gloss.prepare("work", shape, gloss_order(shape, named), values)
    result, clock = {"Gloss": lambda runs: gloss.time("work", runs)}, Clock(shape.threads)
    peers = {}
    if shape.kind == "inference":
        reference = torch_peer.reference_scores(model, shape, values)
        check("Gloss", ours, reference, shape.precision)
        peers = torch_peer.inference(model, shape, values)
        batches = torch_peer.batches(shape, values)
        if shape.precision != "bfloat16":
            onnx = onnx_peer.inference(shape, named, batches)
            with torch.inference_mode():
                rows = model(batches[0][1]).numpy()
            longest = batches[0][2].numpy() == batches[0][1].shape[1]
            scores = onnx["ONNX Runtime"]()[0].swapaxes(0, 1)
            check("ONNX Runtime", scores[longest].ravel(), rows[longest].ravel(), shape.precision)
            peers |= onnx
        if tensorflow and shape.precision == "float32" and "TensorFlow" in wanted:
            tensors = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
            scores = tensorflow.prepare("work", shape, tensors, batches)
            with torch.inference_mode():
                check("TensorFlow", scores.ravel(), model(batches[0][1]).numpy().ravel(), shape.precision)
            result["TensorFlow"] = lambda runs: tensorflow.time("work", runs)
    elif shape.kind == "generation":
        reference = torch_peer.generation(model, dataclasses.replace(shape, precision="float32"))["PyTorch"]()
        streams = len(shape.lengths)
        if shape.precision == "float32":
            agreement("Gloss", ours, reference, streams)
        peers = torch_peer.generation(model, shape) | onnx_peer.generation(shape, named)
        if shape.precision == "float32":
            agreement("ONNX Runtime", peers["ONNX Runtime"](), reference, streams)
    else:
        loss, gradient = torch_peer.gradients(model, shape, values)
        reference = gloss_order(shape, gradient)
        check("loss of Gloss", ours[:1], np.array([loss]), shape.precision)
        check("gradients of Gloss", ours[1:], reference, shape.precision)
        peers = torch_peer.training(model, shape, values)
    return result | {name: clock(run) for name, run in peers.items() if name in wanted}


def measure(timed, rounds, summary=statistics.median):
    """Name → seconds; every round runs each contender for about 40 ms."""
    runs = {name: max(1, min(20, int(0.04 / max(run(2)[-1], 1e-6)))) for name, run in timed.items()}
    seconds = {name: [] for name in timed}
    for _ in range(rounds):
        for name, run in timed.items():
            seconds[name] += run(runs[name])
    return {name: summary(values) for name, values in seconds.items()}


def compared(row, seconds):
    """The lines of a row: one a peer, or one for the best of several."""
    unit = "ms" if len(row.shape.lengths) == 1 and row.shape.kind == "inference" else "tokens/s"

    def figure(value):
        return value * 1e3 if unit == "ms" else row.shape.tokens / value

    for peers, must in row.peers.items():
        names = [name for name in peers.split(" or ") if name in seconds]
        if not names:
            continue
        best = min(names, key=seconds.get)
        yield {
            "work": row.name, "precision": row.shape.precision, "peer": best, "ours": round(figure(seconds["Gloss"]), 3),
            "theirs": round(figure(seconds[best]), 3), "unit": unit,
            "ratio": round(seconds[best] / seconds["Gloss"], 2), "must": must,
        }


def against_itself(row, gloss, rounds):
    """One shape of Gloss against another: two threads against one, many streams against one."""
    names, by_clock = {}, row.shape.threads > 1
    for name, shape in (("Gloss", row.shape), ("base", row.base)):
        model = torch_peer.network(shape)
        gloss.prepare(name, shape, gloss_order(shape, model.named()), ids(shape))
        names[name] = lambda runs, name=name: gloss.time(name, runs, by_clock)
    seconds = measure(names, rounds, min if by_clock else statistics.median)
    ours, theirs = row.shape.tokens / seconds["Gloss"], row.base.tokens / seconds["base"]
    yield {
        "work": row.name, "precision": row.shape.precision, "peer": row.base_name, "ours": round(ours, 1),
        "theirs": round(theirs, 1), "unit": "tokens/s", "ratio": round(ours / theirs, 2), "must": row.must,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gloss", required=True)
    parser.add_argument("--tensorflow")
    parser.add_argument("--quick", action="store_true", help="few rounds: at most five minutes")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--write", metavar="FILE", help="put the table into this Markdown file")
    parser.add_argument("--only", default="", help="only rows whose name holds this")
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    both = Gloss(options.gloss)
    os.sched_setaffinity(0, {cores[-1]})
    single = Gloss(options.gloss)
    tensorflow = TensorFlow(options.tensorflow) if options.tensorflow and os.path.exists(options.tensorflow) else None
    lines = []
    for row in ROWS:
        if options.only not in row.name:
            continue
        rounds = row.rounds if options.quick else 4 * row.rounds
        if row.base:
            found = against_itself(row, both if row.shape.threads > 1 else single, rounds)
        else:
            found = compared(row, measure(contenders(row.shape, row.wanted, single, tensorflow), rounds))
        for line in found:
            lines.append(line)
            if not options.json:
                print(
                    f"{line['work']:<34} {line['precision']:<9} {line['peer']:<17} {line['ours']:>10} {line['theirs']:>10} "
                    f"{line['unit']:<9} {line['ratio']:>6} {'' if line['must'] is None else line['must']:>5}", flush=True)
    if options.write:
        document.write(options.write, lines)
    if options.json:
        print(json.dumps({"rows": lines}))


main()
