"""The table of charges and times."""

from costing.probing import Kind, error, pass_microseconds
from costing.shapes import GUIDE, HELD_OUT, Shape

LIMIT = 0.25
HEADER = f"{'kind':<10} {'measured':>11} {'passes':>9} {'charged':>11} {'error':>6}"


def lines(shape: Shape, found: list[Kind]) -> list[str]:
    """A heading, and a line for each kind of query."""
    whole = pass_microseconds(found)
    result = [f"{shape.name} ({shape.use}; a pass: {whole:,.1f} us)"]
    for kind in found:
        off = error(kind, whole)
        mark = " !" if abs(off) > LIMIT else ""
        result.append(
            f"{kind.name:<10} {kind.microseconds:>8,.2f} us {kind.passes:>9.4f} "
            f"{kind.passes * whole:>8,.2f} us {off:>+6.0%}{mark}")
    return result


def summary(all_found: list[tuple[Shape, list[Kind]]]) -> list[str]:
    """The largest and the root mean square error of each use."""
    result = []
    for use in (GUIDE, HELD_OUT, ""):
        errors = [
            (abs(error(kind, pass_microseconds(found))), shape.name, kind.name)
            for shape, found in all_found if shape.use == use or not use for kind in found]
        if not errors:
            continue
        worst, square = max(errors), sum(each[0] ** 2 for each in errors) / len(errors)
        verdict = "met" if worst[0] <= LIMIT else "missed"
        result.append(
            f"{use or 'all'}: {len(errors)} figures, at most {worst[0]:.0%} off ({worst[1]}, {worst[2]}), "
            f"{square ** 0.5:.1%} root mean square; within {LIMIT:.0%}: {verdict}")
    return result
