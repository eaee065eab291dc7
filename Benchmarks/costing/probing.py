"""Asks queries of each kind, again and again, and compares what they take with what they are charged."""

import math
import statistics
from dataclasses import dataclass

from costing.shapes import Shape
from measuring.host import Host
from measuring.programs import BUILD, compiled

# Queries of each kind of cut, and how many losses or cuts one query of a kind has.
CUTS, LARGE_CUTS = 300, 100
PARTS = {"points": 20, "block": 32}


@dataclass
class Kind:
    """Microseconds and forward-equivalents of one query of a kind, or of one of its parts."""

    name: str
    microseconds: float
    passes: float


def build() -> None:
    """Compiles the optimizer that asks."""
    compiled("probe.c", "libqhost-probe.so", "-shared", "-fPIC", "-lm")


def start(host: Host, shape: Shape, seconds: int) -> dict[str, list[float]]:
    """Of one start of the program: the mean time and charge of a query of each kind."""
    file = host.folder / "probe.txt"
    host.cost(
        "--optimizer", "probe", "--max-forward-equivalents", "1e9", *shape.arguments,
        environment={
            "QHOST_PLUGIN_PATH": str(BUILD), "PROBE_OUTPUT": str(file),
            "PROBE_ROUNDS": "3", "PROBE_SECONDS": str(seconds),
            "PROBE_CUTS": str(LARGE_CUTS if shape.is_large else CUTS)})
    kinds: dict[str, list[tuple[float, float]]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, microseconds, passes = line.split()
        kinds.setdefault(name, []).append((float(microseconds), float(passes)))
    return {name: [statistics.fmean(column) for column in zip(*found)]
            for name, found in kinds.items()}


def kinds(starts: list[dict[str, list[float]]]) -> list[Kind]:
    """The median over starts, for a part of a query where it has many."""
    result = []
    for name in starts[0]:
        parts = PARTS.get(name, 1)
        microseconds = statistics.median(each[name][0] for each in starts)
        result.append(Kind(name, microseconds / parts, starts[0][name][1] / parts))
    return result


def pass_microseconds(found: list[Kind]) -> float:
    """What a pass takes: the geometric mean of a loss that is asked alone and of one among twenty."""
    times = {each.name: each.microseconds for each in found}
    return math.sqrt(times["point"] * times["points"])


def error(kind: Kind, whole: float) -> float:
    """By what part a charge is too high, where a pass takes `whole` microseconds."""
    return kind.passes * whole / kind.microseconds - 1
