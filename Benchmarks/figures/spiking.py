"""Spiking layers and a detector beside snnTorch's, in processor time of one thread."""

import csv
import math
import random
from collections import deque

from measuring.figure import Contender, Figure
from measuring.host import Host
from measuring.peers import script
from measuring.programs import ROOT, compiled, output

KERNELS = ROOT / "Plugins/SpikingNeurons/Sources/CSpikingNeurons"
WAYS = [
    ("spiking-update", "a neuron-step of 4,096 leaky neurons", "ps", "update"),
    ("spiking-row", "a row of 700-256-20, 100 steps, 10 input spikes a step", "us", "row"),
    ("spiking-row-dense", "the same by a dense product of all inputs", "us", "row"),
]


POINTS, GRADIENTS, HIDDEN = 4032, 50, 40


def figures(host: Host) -> list[Figure]:
    """Updates of neurons, rows of a network, and a detector."""
    ways = _Ways()
    return [_detector(host)] + [
        Figure(
            key, title, unit, own=[ways.contender("qhost's kernels", place)],
            peers=[script("snnTorch", "snntorch", "spiking_snntorch.py", what)])
        for place, (key, title, unit, what) in enumerate(WAYS)
    ]


def _detector(host: Host) -> Figure:
    """A forecaster that is trained on the first 15 % of a series, and then sees it point by point."""
    path = host.folder / "series.csv"
    noise = random.Random(1)
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["timestamp", "value", "is_anomaly"])
        for time in range(POINTS):
            is_anomaly = int(3000 <= time < 3040)
            value = math.sin(2 * math.pi * time / 96) + noise.gauss(0, 0.1) + is_anomaly
            table.writerow([time, f"{value:.5f}", is_anomaly])
    settings = [
        "dataset.outputs=forecast", f"dataset.path={path}", f"model.hidden={HIDDEN}",
        "model.recurrent=true", "model.readout=membrane", "model.reset_step=next",
        "optimizer.learning_rate=0.01"]
    arguments = ["--model", "spiking", "--dataset", "anomaly", "--optimizer", "adam"]
    arguments += ["--max-evals", str(GRADIENTS), "--batch-size", "0"]
    arguments += [word for each in settings for word in ("--set", each)]
    return Figure(
        "spiking-detector",
        f"a detector on {POINTS:,} points, 2-{HIDDEN}-1 recurrent, {GRADIENTS} gradients on 604", "s",
        own=[Contender("qhost, the whole command", lambda: host.processor_seconds(*arguments))],
        peers=[script(
            "snnTorch", "snntorch", "spiking_series_snntorch.py", path, GRADIENTS, HIDDEN)])


class _Ways:
    """One start of the program measures all; each takes its number of it."""

    def __init__(self) -> None:
        self.missing = ""
        self._numbers = [deque() for _ in WAYS]
        try:
            program = compiled(
                "spiking.c", "spiking", *sorted(KERNELS.glob("*.c")), "-I", KERNELS / "include",
                "-I", ROOT / "SDK/Libraries/Kernels/Sources/CQHostKernels/include", "-lm")
        except RuntimeError as failure:
            self.missing = str(failure)
            return
        self._command = [program]

    def contender(self, name: str, place: int) -> Contender:
        if self.missing:
            return Contender(name, missing=self.missing)
        return Contender(name, lambda: self._sample(place))

    def _sample(self, place: int) -> float:
        if not self._numbers[place]:
            for numbers, word in zip(self._numbers, output(self._command).split()):
                numbers.append(float(word))
        return self._numbers[place].popleft()
