"""The table of a figure, for people."""

from measuring.figure import Figure
from measuring.sampling import Samples
from measuring.verdict import limit, ratio, verdict

HEADER = f"{'figure / who':<48} {'asked':>10} {'median':>10} {'least':>10} {'spread':>7}  note"


def number(value: float) -> str:
    """Three significant digits without exponents."""
    digits = 3 if abs(value) < 1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:,.{digits}f}"


def lines(figure: Figure, own: list[Samples], peers: list[Samples]) -> list[str]:
    """The heading of a figure, a line for each contender of qhost, and one for each peer."""
    asked = limit(figure, peers)
    sign = ">=" if figure.is_rate else "<="
    text = f"{sign} {number(asked)}" if asked is not None else ""
    heading = f"{figure.title} [{figure.unit}]"
    result = [f"{heading:<48} {text:>10} {verdict(figure, own, peers):>10}"]
    result += [_line(f"  {each.name}", each, "") for each in own]
    for peer in peers:
        times = ratio(figure, own, peer)
        result.append(_line(f"    {peer.name}", peer, f"qhost {times:.2g}x" if times else ""))
    return result


def _line(name: str, samples: Samples, note: str) -> str:
    if not samples.values:
        return f"{name:<48} {'':>10} {'-':>10} {'':>10} {'':>7}  {samples.missing}"
    return (
        f"{name:<48} {'':>10} {number(samples.median):>10} {number(min(samples.values)):>10} "
        f"{samples.spread:>6.0%}  {note}"
    ).rstrip()
