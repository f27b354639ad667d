"""Gloss: a gloss-bench process that does works on request."""

import dataclasses
import json
import subprocess
import tempfile

import numpy as np


class Gloss:
    def __init__(self, executable):
        self.process = subprocess.Popen([executable, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.folder = tempfile.TemporaryDirectory()

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer.get("error"):
            raise RuntimeError(answer["error"])
        return answer["seconds"]

    def prepare(self, name, shape, weights, ids):
        """Makes a work ready; returns what it computes."""
        paths = {key: f"{self.folder.name}/{key}" for key in ("weights", "ids", "result")}
        weights.tofile(paths["weights"])
        work = dataclasses.asdict(shape)
        if shape.kind != "generation":
            ids.tofile(paths["ids"])
        else:
            del paths["ids"]
        self.ask(name=name, work=work, **paths)
        return np.fromfile(paths["result"], np.float32)

    def time(self, name, runs, by_clock=False):
        return self.ask(name=name, runs=runs, byClock=by_clock)
