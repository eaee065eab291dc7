"""Samples of all contenders of a figure in turn, and what they add up to."""

import statistics
from dataclasses import dataclass

from measuring.figure import Contender, Figure


@dataclass
class Samples:
    """The samples of one contender, or why there are none."""

    name: str
    values: list[float]
    missing: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def spread(self) -> float:
        """Largest minus smallest sample, as a part of the median."""
        return (max(self.values) - min(self.values)) / self.median if self.median else 0.0

    def record(self) -> dict:
        if not self.values:
            return {"name": self.name, "missing": self.missing}
        return {
            "name": self.name, "median": self.median, "least": min(self.values),
            "most": max(self.values), "samples": self.values,
        }


def measured(figure: Figure, rounds: int) -> tuple[list[Samples], list[Samples]]:
    """The samples of qhost's contenders and of the peers, taken A B A B, so that whatever else the
    machine does meets all of them."""
    contenders = figure.own + figure.peers
    samples = [Samples(each.name, [], each.missing) for each in contenders]
    for _ in range(rounds):
        for contender, found in zip(contenders, samples):
            if contender.sample is not None and not found.missing:
                _take(contender, found)
    return samples[: len(figure.own)], samples[len(figure.own):]


def _take(contender: Contender, found: Samples) -> None:
    try:
        found.values.append(contender.sample())
    except RuntimeError as failure:
        found.missing = str(failure)
        found.values.clear()
