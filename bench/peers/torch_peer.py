"""PyTorch at its best: eager, traced or quantized, padded batches of similar length or packed sequences."""

import copy
import warnings

import numpy as np
import torch
from torch import nn

from shapes import sequences

warnings.filterwarnings("ignore")


class Network(nn.Module):
    """Vectors, a recurrent stack, a linear layer; a classifier scores the mean of the states."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        cell = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[shape.cell]
        self.embedding = nn.Embedding(shape.vocabulary, shape.embedding)
        self.rnn = cell(
            shape.embedding, shape.hidden, shape.layers, batch_first=True, bidirectional=shape.bidirectional)
        self.output = nn.Linear(shape.hidden * len(shape.directions), shape.classes)

    def forward(self, ids):
        return self.output(self.rnn(self.embedding(ids))[0])

    def packed(self, ids, lengths):
        steps = nn.utils.rnn.pack_padded_sequence(
            self.embedding(ids), lengths, batch_first=True, enforce_sorted=False)
        return self.output(self.rnn(steps)[0].data)

    def named(self):
        tensors = {name: tensor.detach().numpy() for name, tensor in self.state_dict().items()}
        return lambda name: tensors[name]


def network(shape, seed=1):
    torch.manual_seed(seed)
    return Network(shape).eval()


def batches(shape, ids, size=32):
    """Padded batches of sequences of similar length: (indices, ids, lengths)."""
    parts = sequences(shape, ids)
    order = sorted(range(len(parts)), key=lambda index: len(parts[index]))
    result = []
    for start in range(0, len(order), size):
        indices = order[start : start + size]
        lengths = [len(parts[index]) for index in indices]
        padded = np.zeros((len(indices), max(lengths)), np.int64)
        for row, index in enumerate(indices):
            padded[row, : lengths[row]] = parts[index]
        result.append((indices, torch.from_numpy(padded), torch.tensor(lengths)))
    return result


def reference_scores(model, shape, ids):
    """Scores of every token, each sequence alone."""
    with torch.inference_mode():
        rows = [model(torch.from_numpy(part.astype(np.int64))[None])[0] for part in sequences(shape, ids)]
    return torch.cat(rows).numpy().ravel()


def inference(model, shape, ids):
    """Name → one run over all sequences."""
    with torch.inference_mode():
        if shape.precision == "bfloat16":
            model = copy.deepcopy(model).bfloat16()
        elif shape.precision == "int8":
            from torch.ao.quantization import quantize_dynamic

            model = quantize_dynamic(model, {nn.LSTM, nn.GRU, nn.Linear}, dtype=torch.qint8)
    parts = batches(shape, ids)

    def run(call):
        def once():
            with torch.inference_mode():
                for _, padded, lengths in parts:
                    call(padded, lengths)

        return once

    runs = {"PyTorch": run(lambda padded, _: model(padded))}
    if len(shape.lengths) == 1:
        if shape.precision == "float32":
            with torch.inference_mode():
                traced = torch.jit.freeze(torch.jit.trace(model, parts[0][1]))
            runs["PyTorch traced"] = run(lambda padded, _: traced(padded))
    elif shape.precision == "float32":
        runs["PyTorch packed"] = run(lambda padded, lengths: model.packed(padded, lengths))
    return runs


def loss_of(model, shape, ids):
    """The batch as tensors, and a function that computes its loss."""
    parts = sequences(shape, ids)
    lengths = torch.tensor(shape.lengths)
    longest = max(shape.lengths)
    padded, following = np.zeros((2, len(parts), longest), np.int64)
    for row, part in enumerate(parts):
        padded[row, : len(part)] = part
        following[row, : len(part)] = np.roll(part, -1)
    padded, following = torch.from_numpy(padded), torch.from_numpy(following)
    classes = padded[:, 0] % shape.classes
    ragged = len(set(shape.lengths)) > 1
    mask = (torch.arange(longest)[None] < lengths[:, None]).float()
    criterion = nn.CrossEntropyLoss()

    def loss(autocast=False):
        with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
            if shape.kind == "languageModel":
                return criterion(model(padded).reshape(-1, shape.classes).float(), following.reshape(-1))
            steps = model.embedding(padded)
            if ragged:
                steps = nn.utils.rnn.pack_padded_sequence(steps, lengths, batch_first=True, enforce_sorted=False)
                states, _ = nn.utils.rnn.pad_packed_sequence(model.rnn(steps)[0], batch_first=True)
            else:
                states = model.rnn(steps)[0]
            means = (states * mask[..., None]).sum(1) / lengths[:, None]
            return criterion(model.output(means).float(), classes)

    return loss


def gradients(model, shape, ids):
    """The loss and the gradients in Gloss's order, with the one bias of Gloss."""
    model.zero_grad()
    loss = loss_of(model, shape, ids)()
    loss.backward()
    tensors = {name: parameter.grad.numpy() for name, parameter in model.named_parameters()}
    return loss.item(), lambda name: tensors[name] / (
        2 if "bias_" in name and shape.cell != "gru" else 1)  # both biases get the whole gradient


def training(model, shape, ids):
    """Name → one step with Adam."""
    loss = loss_of(model, shape, ids)
    optimizer = torch.optim.Adam(model.parameters(), 1e-6, fused=True)

    def step(autocast):
        def once():
            optimizer.zero_grad(set_to_none=True)
            loss(autocast).backward()
            optimizer.step()

        return once

    if shape.precision == "float32":
        return {"PyTorch": step(False)}
    # Packed sequences train faster in float32 than under autocast.
    return {"PyTorch autocast": step(True), "PyTorch float32": step(False)}


def generation(model, shape):
    """Name → the best next symbol, again and again; and what is generated."""
    with torch.inference_mode():
        if shape.precision == "int8":
            from torch.ao.quantization import quantize_dynamic

            model = quantize_dynamic(model, {nn.LSTM, nn.Linear}, dtype=torch.qint8)

    def run():
        with torch.inference_mode():
            last = torch.arange(len(shape.lengths))[:, None]
            state, symbols = None, []
            for _ in range(shape.lengths[0]):
                states, state = model.rnn(model.embedding(last), state)
                last = model.output(states)[:, -1].argmax(-1, keepdim=True)
                symbols.append(last)
            return torch.cat(symbols, 1).numpy().ravel()

    return {"PyTorch": run}
