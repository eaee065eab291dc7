"""Paths of quantum neurons beside a plain loop over one chain, and circuits of them; processor time of one thread."""

from collections import deque

from measuring.figure import Contender, Figure
from measuring.programs import ROOT, compiled, output

KERNELS = ROOT / "Plugins/QuantumNeurons/Sources/CQuantumNeurons"
COUPLING = 6000
SWEEPS = 8000


def figures() -> list[Figure]:
    """Site updates, effective samples, and two circuits."""
    paths = _Program("paths.c", "paths", "plain_paths.c", arguments=[COUPLING, SWEEPS])
    xor = _Program("circuits_of_neurons.c", "circuits-of-neurons", arguments=["xor"])
    detector = _Program("circuits_of_neurons.c", "circuits-of-neurons", arguments=["detector"])
    update = lambda rate: 1e3 / rate
    sample = lambda rate: 1e6 / rate
    return [
        Figure(
            "paths-local", "a site's local update (asked: 25 times the loop's rate)", "ns",
            own=[paths.contender("kernels, 16 chains", 2, update)],
            peers=[paths.contender("plain loop, one chain", 0, update)]),
        Figure(
            "paths-staging", "a site's update by staging, 12 slices (asked: 12 times)", "ns",
            own=[paths.contender("kernels, 16 chains", 3, update)],
            peers=[paths.contender("plain loop, one chain", 1, update)]),
        Figure(
            "paths-effective", f"an effective sample at coupling {COUPLING} (asked: 8 times local)", "us",
            own=[
                paths.contender("staging, 16 slices, and dips", 6, sample),
                paths.contender("staging, 16 slices", 5, sample)],
            peers=[paths.contender("local moves, the same kernels", 4, sample)]),
        Figure(
            "neurons-xor", "XOR's truth table to a standard error of 0.02", "ms", asked=50,
            own=[xor.contender("4 chains a row, 850 sweeps", 0, lambda time: time)]),
        Figure(
            "neurons-xor-error", "the largest standard error of that table", "", asked=0.02,
            own=[xor.contender("4 chains a row, 850 sweeps", 1, lambda error: error)]),
        Figure(
            "neurons-detector", "65,536 images by the line detector (asked: 180 s on 2 cores)", "s", asked=360,
            own=[detector.contender("one chain an image, 260 sweeps", 0, lambda time: time)]),
    ]


class _Program:
    """One start of a program measures several figures; each takes its number of it."""

    def __init__(self, source: str, name: str, *others: str, arguments: list) -> None:
        self._numbers: dict[int, deque] = {}
        self.missing = ""
        try:
            program = compiled(
                source, name, *[ROOT / "Benchmarks/Sources" / other for other in others],
                *sorted(KERNELS.glob("*.c")), "-I", KERNELS / "include",
                "-I", ROOT / "SDK/Libraries/Kernels/Sources/CQHostKernels/include", "-lm")
        except RuntimeError as failure:
            self.missing = str(failure)
            return
        self._command = [program, *arguments]

    def contender(self, name: str, place: int, figure) -> Contender:
        if self.missing:
            return Contender(name, missing=self.missing)
        self._numbers[place] = deque()
        return Contender(name, lambda: figure(self._sample(place)))

    def _sample(self, place: int) -> float:
        if not self._numbers[place]:
            words = output(self._command).split()
            for own, numbers in self._numbers.items():
                numbers.append(float(words[own]))
        return self._numbers[place].popleft()
