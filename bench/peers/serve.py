"""The peer of the daemon: FastAPI and PyTorch with the weights of the shipped model `sentiment`.

    python3 -m venv .venv && .venv/bin/pip install torch fastapi "uvicorn[standard]" numpy
    .venv/bin/python bench/peers/serve.py /tmp/peer.sock models/gloss.sqlite

It is built as one builds such a server well: uvloop, two processes of one thread each, and requests that wait are answered as one
batch. It cuts words at spaces only, so it is given texts whose words stand between spaces.
"""

import asyncio
import json
import os
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy
import torch
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

class Request(BaseModel):
    model: str | None = None
    input: str


class Classifier:
    """Words and characters → language model → bidirectional LSTM → maximum and mean → classes, of which groups are answers."""

    def __init__(self, store):
        database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        (version,) = database.execute("SELECT id FROM version WHERE name = 'sentiment'").fetchone()

        def content(row):
            pieces = database.execute("SELECT data FROM piece WHERE content = ? ORDER BY position", (row,))
            return b"".join(piece for (piece,) in pieces)

        tensors = {}
        for name, shape, kind, row in database.execute(
            "SELECT name, shape, element_type, content FROM tensor WHERE version = ?", (version,)
        ).fetchall():
            sizes = [int(size) for size in shape.split(",")]
            tensors[name] = torch.from_numpy(self.numbers(content(row), kind, int(numpy.prod(sizes))).reshape(sizes))
        assets = {
            name: json.loads(content(row))
            for name, row in database.execute("SELECT name, content FROM asset WHERE version = ?", (version,)).fetchall()
        }
        self.labels, self.weight = assets["labels"], assets["calibration"]["network"]
        groups = assets["model"]["head"]["groups"]
        self.members = [[at for at, name in enumerate(sorted(groups)) if groups[name] == label] for label in self.labels]
        vocabulary = assets["lexicon"]["words"]
        symbols = vocabulary["specials"] + vocabulary["symbols"]
        self.ids = {symbol: index for index, symbol in enumerate(symbols)}
        self.unknown = self.ids["<unk>"]
        self.table = tensors["network.encoder.words.table"]
        def lstm(forward, backward):
            """A bidirectional layer with the weights of two paths."""
            inputs, hidden = tensors[forward + "inputWeight"].shape[0], tensors[forward + "hiddenWeight"].shape[0]
            layer = torch.nn.LSTM(inputs, hidden, bidirectional=True, batch_first=True)
            with torch.no_grad():
                for path, suffix in ((forward, ""), (backward, "_reverse")):
                    getattr(layer, "weight_ih_l0" + suffix).copy_(tensors[path + "inputWeight"].T)
                    getattr(layer, "weight_hh_l0" + suffix).copy_(tensors[path + "hiddenWeight"].T)
                    getattr(layer, "bias_ih_l0" + suffix).copy_(tensors[path + "bias"])
                    getattr(layer, "bias_hh_l0" + suffix).zero_()
            return layer

        characters = assets["lexicon"]["characters"]
        symbols = characters["specials"] + characters["symbols"]
        self.characters = {symbol: index for index, symbol in enumerate(symbols)}
        encoder = "network.encoder."
        self.character_table = tensors[encoder + "characters.embedding.table"]
        self.spelling = lstm(encoder + "characters.layer.forward.", encoder + "characters.layer.backward.")
        self.base = lstm(encoder + "base.forward.0.", encoder + "base.backward.0.")
        self.network = lstm(encoder + "stack.layers.0.forward.", encoder + "stack.layers.0.backward.")
        self.output, self.bias = tensors["network.head.output.weight"], tensors["network.head.output.bias"]

    @staticmethod
    def numbers(data, kind, count):
        """A stored tensor as float32; int8 and int4, two in a byte, have a float16 scale for each 32 numbers behind them."""
        if kind not in ("int8", "int4"):
            return numpy.frombuffer(data, kind).astype(numpy.float32)
        size = count if kind == "int8" else (count + 1) // 2
        scales = numpy.frombuffer(data[size:], numpy.float16).astype(numpy.float32)
        if kind == "int8":
            whole = numpy.frombuffer(data, numpy.int8, count)
        else:
            pairs = numpy.frombuffer(data, numpy.uint8, size)
            whole = numpy.stack([pairs & 15, pairs >> 4], 1).reshape(-1)[:count].astype(numpy.int8) - 8
        return whole.astype(numpy.float32) * numpy.repeat(scales, 32)[:count]

    @staticmethod
    def swept(layer, x, lengths):
        packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return torch.nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)[0]

    def spelled(self, words, width):
        """What the characters of each word say, at its place: each different word is read once."""
        places = {word: place for place, word in enumerate(dict.fromkeys(word for one in words for word in one))}
        spelled = torch.zeros(len(words), width, 2 * self.spelling.hidden_size)
        if not places:
            return spelled
        unknown = self.characters["<unk>"]
        ids = [torch.tensor([self.characters.get(character, unknown) for character in word]) for word in places]
        lengths = torch.tensor([len(one) for one in ids])
        x = self.character_table[torch.nn.utils.rnn.pad_sequence(ids, batch_first=True)]
        packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        forms = torch.cat(tuple(self.spelling(packed)[1][0]), 1)
        for row, one in enumerate(words):
            spelled[row, : len(one)] = forms[[places[word] for word in one]]
        return spelled

    @torch.inference_mode()
    def __call__(self, texts):
        words = [text.lower().split() for text in texts]
        lengths = torch.tensor([max(len(one), 1) for one in words])
        ids = torch.full((len(words), int(lengths.max())), self.unknown)
        for row, one in enumerate(words):
            for column, word in enumerate(one):
                ids[row, column] = self.ids.get(word, self.unknown)
        features = torch.cat([self.table[ids], self.spelled(words, ids.shape[1])], 2)
        states = self.swept(self.network, torch.cat([features, self.swept(self.base, features, lengths)], 2), lengths)
        live = torch.arange(states.shape[1])[None, :] < lengths[:, None]
        best = states.masked_fill(~live[:, :, None], -torch.inf).amax(1)
        mean = (states * live[:, :, None]).sum(1) / lengths[:, None]
        classes = torch.cat([best, mean], 1) @ self.output + self.bias
        answers = torch.stack([torch.logsumexp(classes[:, members], 1) for members in self.members], 1)
        return torch.softmax(self.weight * answers, 1).tolist()


class Batches:
    """Requests that wait are answered as one batch, on a thread of its own."""

    def __init__(self, classifier, maximum=64):
        self.classifier, self.maximum = classifier, maximum
        self.queue = asyncio.Queue()
        self.executor = ThreadPoolExecutor(1)
        self.task = asyncio.create_task(self.run())

    async def run(self):
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self.queue.get()]
            while len(batch) < self.maximum and not self.queue.empty():
                batch.append(self.queue.get_nowait())
            answers = await loop.run_in_executor(self.executor, self.classifier, [text for text, _ in batch])
            for (_, future), answer in zip(batch, answers):
                if not future.cancelled():
                    future.set_result(answer)

    async def answer(self, text):
        future = asyncio.get_running_loop().create_future()
        await self.queue.put((text, future))
        return await future


torch.set_num_threads(1)
classifier = Classifier(os.environ.get("PEER_STORE", "models/gloss.sqlite"))
app = FastAPI()
batches = None


@app.post("/v1/classify")
async def classify(request: Request):
    global batches
    batches = batches or Batches(classifier)
    probabilities = await batches.answer(request.input)
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    return {
        "model": "sentiment",
        "results": [
            {
                "label": classifier.labels[best],
                "probability": probabilities[best],
                "probabilities": dict(zip(classifier.labels, probabilities)),
            }
        ],
    }


if __name__ == "__main__":
    socket, os.environ["PEER_STORE"] = sys.argv[1], sys.argv[2]
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    uvicorn.run("serve:app", uds=socket, workers=2, log_level="warning", access_log=False)
