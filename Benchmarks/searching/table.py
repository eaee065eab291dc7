"""The expected running time, ERT = losses of all runs / successes, for people."""

import random

HEADER = (
    f"{'function':<16} {'optimizer':<12} {'hits':>5} {'ERT':>9}   "
    f"{'peer':<18} {'hits':>5} {'ERT':>9}   ERT over the peer's, 95 % interval")
RESAMPLES = 2000


def ert(runs: list[dict]) -> float | None:
    """None without a success."""
    hits = sum(run["success"] for run in runs)
    return sum(run["evaluations"] for run in runs) / hits if hits else None


def interval(own: list[dict], other: list[dict]) -> tuple[float, float] | None:
    """Of the ratio, from runs drawn with replacement; None when a draw without a success is common."""
    generator, ratios = random.Random(1), []
    for _ in range(RESAMPLES):
        a, b = (ert(generator.choices(runs, k=len(runs))) for runs in (own, other))
        if a is not None and b is not None:
            ratios.append(a / b)
    if len(ratios) < 0.975 * RESAMPLES:
        return None
    ratios.sort()
    return ratios[int(0.025 * len(ratios))], ratios[int(0.975 * len(ratios))]


def line(function: str, name: str, own: list, peer: str, other: list, missing: str) -> str:
    mine, others = ([run for run in runs if run["function"] == function] for runs in (own, other))
    text = f"{function:<16} {_part(name, 12, mine)}"
    if missing:
        return f"{text}   {peer:<18} {missing}"
    if not others:
        return text
    text += f"   {_part(peer, 18, others)}"
    if ert(mine) is None or ert(others) is None:
        return text
    bounds = interval(mine, others)
    return f"{text}   {ert(mine) / ert(others):.2f}" + (
        f"  {bounds[0]:.2f} to {bounds[1]:.2f}" if bounds else "")


def _part(name: str, width: int, runs: list[dict]) -> str:
    found = ert(runs)
    hits = f"{sum(run['success'] for run in runs)}/{len(runs)}"
    return f"{name:<{width}} {hits:>5} {f'{found:,.0f}' if found else '-':>9}"
