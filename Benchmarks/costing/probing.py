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
    """Microseconds of one query of a kind, or of one of its parts, and its charge in losses at one point
    on the same rows."""

    name: str
    microseconds: float
    passes: float


def build() -> None:
    """Compiles the optimizer that asks."""
    compiled("probe.c", "libqhost-probe.so", "-shared", "-fPIC", "-lm")


def start(host: Host, shape: Shape, seconds: int) -> list[tuple[str, float, float]]:
    """Kind, microseconds and forward-equivalents of all queries of one start of the program."""
    file = host.folder / "probe.txt"
    host.cost(
        "--optimizer", "probe", "--no-isolate", "--max-forward-equivalents", "1e9", *shape.arguments,
        environment={
            "QHOST_PLUGIN_PATH": str(BUILD), "PROBE_OUTPUT": str(file),
            "PROBE_ROUNDS": "3", "PROBE_SECONDS": str(seconds),
            "PROBE_CUTS": str(LARGE_CUTS if shape.is_large else CUTS)})
    words = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    return [(name, float(microseconds), float(passes)) for name, microseconds, passes in words]


def kinds(starts: list[list[tuple[str, float, float]]]) -> list[Kind]:
    """The mean over queries of the least time of each, for a part of a query where it has many."""
    found: dict[str, list[tuple[float, float]]] = {}
    for same in zip(*starts):
        name, _, passes = same[0]
        found.setdefault(name, []).append((min(each[1] for each in same), passes))
    result = []
    for name, queries in found.items():
        parts = PARTS.get(name, 1)
        microseconds, passes = (statistics.fmean(column) for column in zip(*queries))
        result.append(Kind(name, microseconds / parts, passes / parts))
    # The host counts passes of the training split; the batch is a part of it.
    unit = next(each.passes for each in result if each.name == "point")
    return [Kind(each.name, each.microseconds, each.passes / unit) for each in result]


def pass_microseconds(found: list[Kind]) -> float:
    """What a pass takes: the geometric mean of a loss that is asked alone and of one among twenty."""
    times = {each.name: each.microseconds for each in found}
    return math.sqrt(times["point"] * times["points"])


def error(kind: Kind, whole: float) -> float:
    """By what part a charge is too high, where a pass takes `whole` microseconds."""
    return kind.passes * whole / kind.microseconds - 1
