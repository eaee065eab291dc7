"""Spiking layers beside snnTorch's, in processor time of one thread."""

from collections import deque

from measuring.figure import Contender, Figure
from measuring.peers import script
from measuring.programs import ROOT, compiled, output

KERNELS = ROOT / "Plugins/SpikingNeurons/Sources/CSpikingNeurons"
WAYS = [
    ("spiking-update", "a neuron-step of 4,096 leaky neurons", "ps", "update"),
    ("spiking-row", "a row of 700-256-20, 100 steps, 10 input spikes a step", "us", "row"),
    ("spiking-row-dense", "the same by a dense product of all inputs", "us", "row"),
]


def figures() -> list[Figure]:
    """Updates of neurons, and rows of a network."""
    ways = _Ways()
    return [
        Figure(
            key, title, unit, own=[ways.contender("qhost's kernels", place)],
            peers=[script("snnTorch", "snntorch", "spiking_snntorch.py", what)])
        for place, (key, title, unit, what) in enumerate(WAYS)
    ]


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
