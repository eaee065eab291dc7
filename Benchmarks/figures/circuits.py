"""State vectors of EfficientSU2 circuits beside those of other simulators, in milliseconds of processor time."""

from collections import deque

from measuring.figure import Contender, Figure
from measuring.peers import script
from measuring.programs import ROOT, compiled, output

REPETITIONS = 26
KERNELS = ROOT / "Plugins/Compressors/Sources/CCompressors"
# Rounds of ours and of the peers.
SIZES = {13: (200, 9), 20: (5, 1)}
# What is measured, its title, and the peers with their module and what peers/circuit.py calls them.
WAYS = [
    ("forward-f32", "forward, f32", [
        ("qsim f32, its run of a translated circuit", "qsimcirq", "qsim", "circuit"),
        ("qsim f32, simulate() of qsimcirq", "qsimcirq", "qsim", "simulate")]),
    ("gradient-f32", "all gradients, f32", [
        ("lightning f64, adjoint of <Z0>", "pennylane_lightning", "lightning", "gradient"),
        ("qulacs f64, backprop of <Z0>", "qulacs", "qulacs", "gradient")]),
    ("forward-f64", "forward, f64", [
        ("lightning f64, its operations one by one", "pennylane_lightning", "lightning", "forward"),
        ("qulacs f64, update_quantum_state", "qulacs", "qulacs", "forward")]),
    ("gradient-f64", "all gradients, f64", []),
]


def figures() -> list[Figure]:
    """Forward passes and gradients of 13 and of 20 qubits."""
    return [each for qubits in SIZES for each in _all(qubits)]


def _all(qubits: int) -> list[Figure]:
    rounds, peer_rounds = SIZES[qubits]
    ways = _Ways(qubits, rounds)
    return [
        Figure(
            f"circuit-{qubits}-{key}", f"{qubits} qubits, {REPETITIONS} layers, {title}", "ms",
            own=[ways.contender("qhost", place)],
            peers=[
                script(name, module, "circuit.py", peer, what, qubits, REPETITIONS, peer_rounds)
                for name, module, peer, what in others])
        for place, (key, title, others) in enumerate(WAYS)
    ]


class _Ways:
    """One start of the program measures all; each takes its number of it."""

    def __init__(self, qubits: int, rounds: int) -> None:
        self.missing = ""
        self._numbers = [deque() for _ in range(4)]
        try:
            program = compiled(
                "circuit.c", "circuit", *sorted(KERNELS.glob("*.c")), "-I", KERNELS / "include",
                "-I", ROOT / "SDK/Libraries/Kernels/Sources/CQHostKernels/include", "-lm")
        except RuntimeError as failure:
            self.missing = str(failure)
            return
        self._command = [program, qubits, REPETITIONS, rounds]

    def contender(self, name: str, place: int) -> Contender:
        if self.missing:
            return Contender(name, missing=self.missing)
        return Contender(name, lambda: self._sample(place))

    def _sample(self, place: int) -> float:
        if not self._numbers[place]:
            for numbers, word in zip(self._numbers, output(self._command).split()):
                numbers.append(float(word))
        return self._numbers[place].popleft()
