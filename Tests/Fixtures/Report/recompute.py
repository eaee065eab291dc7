#!/usr/bin/env python3
"""Recomputes the figures of a report from its journal, by other code than qhost's, and compares them.

    qhost report FOLDER --json >report.json
    Tests/Fixtures/Report/recompute.py FOLDER/journal.jsonl report.json

Needs the standard library only. Bootstrap intervals depend on random numbers: here they are drawn anew, and the
ends may differ by a part of the interval. All else must agree to nine digits.
"""

import json
import math
import random
import statistics
import sys
from itertools import combinations

EFFORTS = ["evaluations", "passes", "seconds"]
TARGETS = 51
failures: list[str] = []
compared = 0


def number(value):
    return float(value) if isinstance(value, str) else value


def expect(place: str, found, wanted, tolerance: float = 1e-9) -> None:
    global compared
    compared += 1
    found, wanted = number(found), number(wanted)
    if found is None or wanted is None or isinstance(wanted, bool) or isinstance(found, str):
        good = found == wanted
    elif math.isinf(wanted) or math.isinf(found):
        good = found == wanted
    else:
        good = abs(found - wanted) <= tolerance * max(abs(wanted), 1e-12)
    if not good:
        failures.append(f"{place}: the report has {found}, the journal gives {wanted}")


def quantile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] if place == low or ordered[low] == ordered[high] else (
        ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def student(freedom: int, part: float = 0.975) -> float:
    """The quantile of Student's distribution: Simpson's rule for the density, and bisection."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    scale /= math.sqrt(freedom * math.pi)

    def below(t: float) -> float:
        steps = 4000
        width = t / steps
        density = [
            (1 + (k * width) ** 2 / freedom) ** (-(freedom + 1) / 2) for k in range(steps + 1)]
        inner = 4 * sum(density[1:-1:2]) + 2 * sum(density[2:-1:2])
        return 0.5 + scale * width / 3 * (density[0] + density[-1] + inner)

    low, high = 0.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < part else (low, middle)
    return (low + high) / 2


STUDENT: dict[int, float] = {}


def check_figure(place: str, found, values: list[float]) -> None:
    if not values:
        return expect(place, found, None)
    if found is None:
        return failures.append(f"{place}: the report has none")
    mean = math.fsum(values) / len(values)
    expect(f"{place} count", found["count"], len(values))
    expect(f"{place} mean", found["mean"], mean)
    expect(f"{place} median", found["median"], statistics.median(values))
    expect(f"{place} lower quartile", found["lower_quartile"], quantile(values, 0.25))
    expect(f"{place} upper quartile", found["upper_quartile"], quantile(values, 0.75))
    expect(f"{place} least", found["minimum"], min(values))
    expect(f"{place} greatest", found["maximum"], max(values))
    if len(values) > 1:
        freedom = len(values) - 1
        if freedom not in STUDENT:
            STUDENT[freedom] = student(freedom)
        half = STUDENT[freedom] * statistics.stdev(values) / math.sqrt(len(values))
        scale = max(abs(mean), half)
        for name, end in (("lower", mean - half), ("upper", mean + half)):
            expect(f"{place} interval", found["mean_interval"][name] / (scale or 1),
                   end / (scale or 1), 1e-6)


def metric(run: dict):
    for split in ("test", "validation", "train"):
        figures = run["metrics"].get(split, {})
        for name in ("accuracy", "loss"):
            if name in figures:
                return f"{split} {name}", number(figures[name])
    return None, None


def spent(cell: dict) -> dict:
    cost = cell["run"]["cost"]
    return {
        "evaluations": cost["loss_evaluations"] + cost["gradient_evaluations"],
        "passes": cell["training_passes"], "seconds": cost["seconds"]}


def curve(cell: dict, effort: str) -> list[tuple[float, float]]:
    steps = cell["improvements"]
    places = steps["forward_equivalents" if effort == "passes" else effort]
    kept, best = [], math.inf
    for place, loss in zip(places, map(number, steps["best_loss"])):
        if loss < best:
            best = loss
            if kept and kept[-1][0] >= place:
                place = kept.pop()[0]
            kept.append((place, loss))
    return kept


def reaching(steps, target: float) -> float:
    return next((place for place, loss in steps if loss <= target), math.inf)


def scale_of(cells: list[dict]):
    """The worst first loss, the best loss, whether losses are compared by ratios."""
    curves = [curve(cell, "evaluations") for cell in cells]
    worst = max(steps[0][1] for steps in curves)
    best = min(steps[-1][1] for steps in curves)
    if best > 0:
        return worst, best, True
    positive = min((loss for steps in curves for _, loss in steps if loss > 0), default=math.inf)
    if best == 0 and positive < worst * 1e-6:
        return worst, positive, True
    return worst, best, False


def part(loss: float, scale) -> float:
    """How far a loss is from the worst, 0, to the best, 1."""
    worst, best, is_log = scale
    loss = min(max(loss, best), worst)
    return math.log(loss / worst) / math.log(best / worst) if is_log else (
        (loss - worst) / (best - worst))


def area(cell: dict, effort: str, horizon: float, scale) -> float:
    steps, total = curve(cell, effort), 0.0
    last = horizon + 1 if effort == "evaluations" else horizon
    for place, (at, loss) in enumerate(steps):
        after = steps[place + 1][0] if place + 1 < len(steps) else last
        if at < last:
            total += part(loss, scale) * (min(after, last) - at)
    return total / horizon


def wilson(successes: int, runs: int) -> tuple[float, float]:
    z, rate = statistics.NormalDist().inv_cdf(0.975), successes / runs
    middle = (rate + z * z / (2 * runs)) / (1 + z * z / runs)
    half = z / (1 + z * z / runs) * math.sqrt(
        rate * (1 - rate) / runs + z * z / (4 * runs * runs))
    return (0.0 if successes == 0 else middle - half), (1.0 if successes == runs else middle + half)


def check_target(place: str, row: dict, cells: list[dict], failed: int) -> None:
    hits = [cell["run"]["stop_reason"] == "targetReached" for cell in cells]
    count, runs = sum(hits), len(cells) + failed
    if runs:
        found = row["success"]
        low, high = wilson(count, runs)
        for name, wanted in (("count", count), ("out_of", runs), ("rate", count / runs)):
            expect(f"{place} success {name}", found[name], wanted)
        expect(f"{place} success from", found["interval"]["lower"], low)
        expect(f"{place} success to", found["interval"]["upper"], high)
    if not cells:
        return
    for effort in EFFORTS:
        costs = [spent(cell)[effort] for cell in cells]
        found = row["expected_time"][effort]
        ratio = sum(costs) / count if count else math.inf
        expect(f"{place} ERT {effort}", found["value"], ratio)
        numbers, drawn = random.Random(7), []
        for _ in range(4000):
            places = [numbers.randrange(len(cells)) for _ in cells]
            good = sum(hits[each] for each in places)
            drawn.append(sum(costs[each] for each in places) / good if good else math.inf)
        drawn.sort()
        low, high = number(found["interval"]["lower"]), number(found["interval"]["upper"])
        for name, end, tail in (("from", low, 0.025), ("to", high, 0.975)):
            near = [drawn[max(0, int((tail + k) * 3999))] for k in (-0.012, 0.012)]
            global compared
            compared += 1
            if not near[0] * 0.999 <= end <= near[1] * 1.001:
                failures.append(f"{place} ERT {effort} {name}: {end} is not in {near}")


def wilcoxon(first: list[float], second: list[float]) -> float:
    """Two-sided, zeros ranked as by Pratt; exact without ties and zeros for at most 50 pairs."""
    differences = [0.0 if a == b else a - b for a, b in zip(first, second)]
    sizes = sorted(abs(each) for each in differences)
    ranks = {size: sizes.index(size) + (sizes.count(size) + 1) / 2 for size in set(sizes)}
    zeros = differences.count(0)
    total = sum(ranks[abs(each)] for each in differences if each > 0)
    n = len(differences)
    if zeros == 0 and len(set(sizes)) == n and n <= 50:
        ways = [1] + [0] * (n * (n + 1) // 2)
        for rank in range(1, n + 1):
            for at in range(len(ways) - 1, rank - 1, -1):
                ways[at] += ways[at - rank]
        tail = min(sum(ways[:int(total) + 1]), sum(ways[int(total):]))
        return min(1.0, 2 * tail / 2 ** n)
    own = [ranks[abs(each)] for each in differences if each]
    mean, deviation = sum(own) / 2, math.sqrt(sum(rank * rank for rank in own) / 4)
    if deviation == 0:
        return 1.0
    return min(1.0, math.erfc((abs(total - mean) - 0.5) / deviation / math.sqrt(2)))


def check_pairs(place: str, problem: dict, outcomes: dict[str, dict[int, float]]) -> None:
    found = {(pair["first"], pair["second"]): pair for pair in problem["pairs"]}
    tested = []
    for a, b in combinations(outcomes, 2):
        pair = found.pop((a, b))
        seeds = sorted(outcomes[a].keys() & outcomes[b].keys())
        own, others = [outcomes[a][each] for each in seeds], [outcomes[b][each] for each in seeds]
        where = f"{place} {a} : {b}"
        better = sum(x < y for x, y in zip(own, others))
        worse = sum(x > y for x, y in zip(own, others))
        expect(f"{where} seeds", pair["pair_count"], len(seeds))
        expect(f"{where} better", pair["better_count"], better)
        expect(f"{where} worse", pair["worse_count"], worse)
        if seeds:
            wins = sum((x < y) + (x == y) / 2 for x in own for y in others)
            expect(f"{where} A12", pair["effect"], wins / len(seeds) ** 2)
        if better + worse:
            tested.append((wilcoxon(own, others), pair, where))
    expect(f"{place} pairs", len(found), 0)
    greatest = 0.0
    for rank, (p, pair, where) in enumerate(sorted(tested, key=lambda each: each[0])):
        greatest = max(greatest, min(1.0, (len(tested) - rank) * p))
        expect(f"{where} p", pair["probability"], p, 1e-7)
        expect(f"{where} adjusted p", pair["adjusted_probability"], greatest, 1e-7)


def check_row(place: str, row: dict, cells: list[dict], failed: list[dict], plan: dict, shared) -> None:
    scale, targets, horizon = shared
    costs = [cell["run"]["cost"] for cell in cells]
    expect(f"{place} runs", row["run_count"], len(cells))
    expect(f"{place} failures", row["failure_count"], len(failed))
    expect(f"{place} to come", row["missing_count"], len(plan["seeds"]) - len(cells) - len(failed))
    last = [steps[-1][1] for steps in (curve(cell, "evaluations") for cell in cells) if steps]
    check_figure(f"{place} metric", row.get("metric"), [metric(cell["run"])[1] for cell in cells])
    check_figure(f"{place} best loss", row.get("best_loss"), last)
    for effort in EFFORTS:
        check_figure(f"{place} {effort}", row.get(effort), [spent(cell)[effort] for cell in cells])
        areas = [area(cell, effort, horizon[effort], scale) for cell in cells] if scale else []
        check_figure(f"{place} AOCC {effort}", row["anytime"].get(effort), areas)
        times = [reaching(curve(cell, effort), goal) for cell in cells for goal in targets]
        all_pairs = len(times) + len(failed) * TARGETS
        for x, fraction in zip(row["reached"][effort]["x"], row["reached"][effort]["fraction"]):
            expect(f"{place} targets by {effort}", fraction, sum(t <= x for t in times) / all_pairs)
        band = row["convergence"].get(effort)
        for at, low, middle, high in zip(*(band[k] for k in ("effort", "lower", "median", "upper"))
                                         ) if band else []:
            values = [next((loss for x, loss in reversed(curve(cell, effort)) if x <= at), math.inf)
                      for cell in cells]
            expect(f"{place} median at {effort} {at}", middle, quantile(values, 0.5))
            expect(f"{place} lower at {effort} {at}", low, quantile(values, 0.25))
            expect(f"{place} upper at {effort} {at}", high, quantile(values, 0.75))
    check_figure(f"{place} processor", row.get("cpu_seconds"), [c["cpu_seconds"] for c in costs])
    check_figure(f"{place} optimizer", row.get("optimizer_seconds"),
                 [c["optimizer_seconds"] for c in costs])
    check_figure(f"{place} elsewhere", row.get("objective_seconds"),
                 [c["seconds"] - c["optimizer_seconds"] for c in costs])
    deployed = [cell["run"]["deployment"] for cell in cells if cell["run"].get("deployment")]
    for name in ("accuracy", "agreement", "bytes"):
        check_figure(f"{place} target {name}", (row.get("deployment") or {}).get(name),
                     [each[name] for each in deployed if each.get(name) is not None])
    check_figure(f"{place} cycles", (row.get("deployment") or {}).get("cycles"),
                 [each["cycles"]["mean"] for each in deployed if each.get("cycles")])
    check_figure(f"{place} each", row.get("optimizer_microseconds_per_evaluation"),
                 [c["optimizer_seconds"] * 1e6 / spent(cell)["evaluations"]
                  for c, cell in zip(costs, cells)])
    if "until_loss" in plan["budget"] or "until_accuracy" in plan["budget"]:
        check_target(place, row, cells, len(failed))


def labels(record: dict) -> tuple:
    return tuple(record.get(key) for key in ("dataset", "model", "optimizer", "solver", "target"))


def main() -> int:
    records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    report = json.load(open(sys.argv[2], encoding="utf-8"))
    plan, ended = records[0]["plan"], {}
    for record in records[1:]:
        if record["record"] in ("cell", "failure"):
            ended[record["cell"]] = record
    for problem in report["problems"]:
        place = f"{problem['model']} on {problem['dataset']}"
        own = [r for _, r in sorted(ended.items())
               if all(r.get(key) == problem.get(key) for key in ("model", "dataset", "target"))]
        cells = [r for r in own if r["record"] == "cell"]
        scale = scale_of(cells)
        scale = scale if scale[0] > scale[1] else None
        targets = []
        if scale:
            worst, best, is_log = scale
            expect(f"{place} worst", problem["loss_scale"]["worst"], worst)
            expect(f"{place} best", problem["loss_scale"]["best"], best)
            steps = [(k + 1) / TARGETS for k in range(TARGETS)]
            targets = [worst * (best / worst) ** k if is_log else worst + k * (best - worst)
                       for k in steps]
            for found, wanted in zip(problem["targets"], targets):
                expect(f"{place} target", found, wanted)
            targets = problem["targets"]
        horizon = {effort: max(spent(cell)[effort] for cell in cells) for effort in EFFORTS}
        outcomes = {}
        sign = -1 if (metric(cells[0]["run"])[0] or "").endswith("accuracy") else 1
        for row in problem["combinations"]:
            wanted = labels({**row["labels"]})
            mine = [r for r in own if labels(r) == wanted]
            good = [r for r in mine if r["record"] == "cell"]
            bad = [r for r in mine if r["record"] == "failure"]
            outcomes[row["name"]] = {
                **{r["seed"]: sign * metric(r["run"])[1] for r in good},
                **{r["seed"]: math.inf for r in bad}}
            check_row(f"{place}, {row['name']}", row, good, bad, plan, (scale, targets, horizon))
        check_pairs(place, problem, outcomes)
    print("\n".join(failures[:40]))
    print(f"{compared} figures compared, {len(failures)} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
