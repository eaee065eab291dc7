"""The process that holds one object of the user's for the plugin ``python``.

Questions come as lines on descriptor 3, and each is answered by a line on 4. Arrays lie in the memory behind descriptor 5,
which both sides see; it only grows. It runs by its path and needs NumPy alone.
"""

from __future__ import annotations

import ast
import importlib.util
import mmap
import os
import sys
import traceback
from types import SimpleNamespace
from typing import Any

import numpy as np

CLASSIFICATION, REGRESSION = 1, 2


class Wrong(Exception):
    """Something that the user can mend; kind 1: a setting, 2: data."""

    def __init__(self, kind: int, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Memory:
    """What both sides see."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.size = 0
        self.map: Any = None

    def reserve(self, size: int) -> None:
        """Has it at least so large; arrays of before stay valid, in the old mapping of the same memory."""
        if size <= self.size:
            return
        have = os.fstat(self.descriptor).st_size
        if have < size:
            have = max(have * 2, size)
            os.ftruncate(self.descriptor, have)
        self.map, self.size = mmap.mmap(self.descriptor, have), have

    def array(self, shape: Any, kind: Any = np.float64, offset: int = 0) -> Any:
        """A view of a part of it."""
        count = int(np.prod(shape))
        self.reserve(offset + count * np.dtype(kind).itemsize)
        return np.frombuffer(self.map, kind, count, offset).reshape(shape)


def load(path: str, name: str, has: Any, wanted: str) -> type:
    """The class of a file."""
    spec = importlib.util.spec_from_file_location("qhost_user_plugin", path)
    if spec is None or spec.loader is None:
        raise Wrong(1, "is no Python file; give one whose name ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    spec.loader.exec_module(module)
    own = {k: v for k, v in vars(module).items() if isinstance(v, type) and v.__module__ == spec.name}
    if name:
        if name not in own:
            raise Wrong(1, f"has no class '{name}'; it has {', '.join(own) or 'none'}")
        return own[name]
    fitting = [k for k, v in own.items() if has(v)] or list(own)
    if len(fitting) != 1:
        raise Wrong(1, f"has {len(fitting)} classes that may have {wanted}; name one in class")
    return own[fitting[0]]


def read_options(text: str) -> dict[str, Any]:
    """``step=0.1 size=20`` as keywords."""
    options: dict[str, Any] = {}
    for word in text.split():
        name, equals, value = word.partition("=")
        if not equals or not name.isidentifier():
            raise Wrong(1, f"cannot be made with '{word}'; write options as name=value")
        try:
            options[name] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            options[name] = value
    return options


def numbers(value: Any, shape: tuple[int, ...], what: str) -> Any:
    array = np.asarray(value, np.float64)
    if array.shape != shape:
        raise Wrong(0, f"{what} has the shape {array.shape}; it must be {shape}")
    return array


class OptimizerServer:
    """Asks and tells the user's optimizer."""

    def __init__(self, memory: Memory, kind: type, options: dict[str, Any], words: list[str]) -> None:
        memory.reserve(int(words[0]))
        self.memory, self.n = memory, int(words[1])
        start = memory.array((4, self.n)).copy()
        kinds = memory.array((self.n,), np.uint32, 32 * self.n).copy()
        self.problem = SimpleNamespace(
            dimension=self.n, initial=start[0], lower=start[1], upper=start[2], scales=start[3],
            kinds=kinds)
        self.object = kind(self.problem, np.random.default_rng(int(words[2])), **options)
        self.first = "ok"

    def ask(self) -> str:
        points = self.object.ask()
        if points is None:
            return "done"
        points = np.atleast_2d(np.asarray(points, np.float64))
        if points.ndim != 2 or points.shape[1] != self.n or not len(points):
            raise Wrong(0, f"ask() gave points of shape {points.shape}; give one of (P, {self.n})")
        if not np.isfinite(points).all():
            raise Wrong(0, "ask() gave a point that is not finite")
        self.memory.array(points.shape)[...] = points
        return f"points {len(points)} {self.memory.size}"

    def tell(self, size: str, count: str, constrained: str, progress: str) -> str:
        self.memory.reserve(int(size))
        parts = self.memory.array((1 + int(constrained), int(count)))
        parts.flags.writeable = False
        self.object.tell(*parts, progress=float(progress))
        return "ok"

    def recommend(self) -> str:
        found = self.object.recommend() if hasattr(self.object, "recommend") else None
        if found is None:
            return "none"
        self.memory.array((self.n,))[...] = numbers(found, (self.n,), "what recommend() gave")
        return "point"

    def save(self) -> str:
        if not (hasattr(self.object, "save") and hasattr(self.object, "load")):
            return "none"
        state = np.frombuffer(bytes(self.object.save()), np.uint8)
        self.memory.array(state.shape, np.uint8)[...] = state
        return f"bytes {len(state)} {self.memory.size}"

    def load(self, size: str, count: str) -> str:
        self.memory.reserve(int(size))
        if not hasattr(self.object, "load"):
            raise Wrong(0, "has no load(); start a new run")
        self.object.load(self.memory.array((int(count),), np.uint8).tobytes())
        return "ok"


class DatasetServer:
    """Has the user's rows read, or points scored."""

    def __init__(self, memory: Memory, kind: type, options: dict[str, Any], words: list[str]) -> None:
        memory.reserve(int(words[0]))
        self.memory = memory
        self.object = kind(np.random.default_rng(int(words[1])), **options)
        self.first = self._scenario() if hasattr(self.object, "score") else self._samples()

    def _samples(self) -> str:
        self.splits: list[Any] = []
        for name in ("train", "validation", "test"):
            pair = getattr(self.object, name, None)
            if pair is None:
                self.splits.append(None)
                continue
            X, y = np.asarray(pair[0], np.float32), np.asarray(pair[1])
            if X.ndim < 2 or X.ndim > 5 or len(X) != len(y):
                raise Wrong(2, f"{name} has inputs of shape {X.shape} and {len(y)} targets; give (N, F) and N")
            self.splits.append((X, y.reshape(len(y), -1)))
        if self.splits[0] is None:
            raise Wrong(2, "has no train; give (inputs, targets)")
        X, y = self.splits[0]
        task = getattr(self.object, "task", "classification" if y.dtype.kind in "iub" else "regression")
        if task not in ("classification", "regression"):
            raise Wrong(2, f"is of the task '{task}'; say classification or regression")
        outputs = y.shape[1]
        if task == "classification":
            outputs = 1 + max(int(s[1].max()) for s in self.splits if s is not None and len(s[1]))
            outputs = max(outputs, getattr(self.object, "class_count", 0))
        counts = [0 if s is None else len(s[0]) for s in self.splits]
        extents = X.shape[1:]
        number = CLASSIFICATION if task == "classification" else REGRESSION
        return " ".join(map(str, ["samples", number, outputs, *counts, len(extents), *extents]))

    def read(self, split: str) -> str:
        X, y = self.splits[int(split)]
        flat = np.concatenate([X.ravel(), y.astype(np.float32).ravel()])
        self.memory.array(flat.shape, np.float32)[...] = flat
        return f"rows {self.memory.size}"

    def _scenario(self) -> str:
        lower = np.atleast_1d(np.asarray(self.object.lower, np.float64))
        self.n = len(lower)
        upper = numbers(np.atleast_1d(self.object.upper), (self.n,), "upper")
        kinds = np.broadcast_to(np.asarray(getattr(self.object, "kinds", 0), np.uint32), (self.n,))
        self.memory.array((2, self.n))[...] = lower, upper
        self.memory.array((self.n,), np.uint32, 16 * self.n)[...] = kinds
        self.constrained = hasattr(self.object, "violation")
        return f"scenario {self.n} {int(self.constrained)}"

    def score(self, size: str, count: str) -> str:
        self.memory.reserve(int(size))
        n, p = self.n, int(count)
        points = self.memory.array((p, n))
        points.flags.writeable = False
        losses = numbers(self.object.score(points), (p,), "what score() gave")
        if np.isnan(losses).any():
            raise Wrong(0, f"score() gave NaN at {points[np.isnan(losses)][0]}; give inf for what cannot be had")
        broken = np.zeros(p)
        if self.constrained:
            broken = numbers(self.object.violation(points), (p,), "what violation() gave")
        self.memory.array((2, p), offset=8 * p * n)[...] = losses, broken
        return "ok"


def main(kind: str, path: str, name: str, options: str) -> None:
    lines = os.fdopen(3, encoding="utf-8")
    memory = Memory(5)
    server: Any = None
    for line in lines:
        words = line.split()
        try:
            if words[0] == "optimizer":
                own = load(path, name, lambda c: hasattr(c, "ask") and hasattr(c, "tell"), "ask() and tell()")
                server = OptimizerServer(memory, own, read_options(options), words[1:])
                reply = server.first
            elif words[0] == "dataset":
                own = load(path, name, lambda c: hasattr(c, "score") or hasattr(c, "train"), "train or score()")
                server = DatasetServer(memory, own, read_options(options), words[1:])
                reply = server.first
            else:
                reply = getattr(server, words[0])(*words[1:])
        except Wrong as error:
            reply = f"error {error.kind} {error}"
        except BaseException as error:
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__]
            place = f", line {frames[-1].lineno}" if frames and frames[-1].filename == path else ""
            reply = f"error 0 {type(error).__name__}: {error}{place}"
        os.write(4, " ".join(reply.split("\n"))[:3500].encode(errors="replace")[:4000] + b"\n")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:5])
    except KeyboardInterrupt:
        pass
