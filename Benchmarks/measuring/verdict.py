"""Whether a figure is what was asked. A human decides what follows from it."""

from measuring.figure import Figure
from measuring.sampling import Samples


def worst(figure: Figure, own: list[Samples]) -> Samples | None:
    """The contender of qhost that is furthest from its aim."""
    present = [each for each in own if each.values]
    if not present:
        return None
    return (min if figure.is_rate else max)(present, key=lambda each: each.median)


def limit(figure: Figure, peers: list[Samples]) -> float | None:
    """The asked value in the figure's unit; None when nothing is asked or no peer sets it."""
    if not figure.is_rate:
        return figure.asked
    rates = [each.median for each in peers if each.values]
    return figure.asked_part * max(rates) if rates else None


def verdict(figure: Figure, own: list[Samples], peers: list[Samples]) -> str:
    """`met`, `missed`, or empty where nothing is asked or nothing was measured.

    `met so far`: by those contenders of qhost that are there.
    """
    asked, found = limit(figure, peers), worst(figure, own)
    if asked is None or found is None:
        return ""
    met = found.median >= asked if figure.is_rate else found.median <= asked
    if not met:
        return "missed"
    return "met" if all(each.values for each in own) else "met so far"


def ratio(figure: Figure, own: list[Samples], peer: Samples) -> float | None:
    """How many times better qhost's worst contender is than a peer; below 1: worse."""
    found = worst(figure, own)
    if found is None or not peer.values or not found.median or not peer.median:
        return None
    return found.median / peer.median if figure.is_rate else peer.median / found.median
