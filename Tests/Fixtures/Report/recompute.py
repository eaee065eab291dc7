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

EFFORTS = ["evaluations", "passes", "processor_seconds", "seconds"]
SHOWN = EFFORTS[:3]
TARGETS = 51
PARTS, AMOUNTS, NUMBERS = (0.0, 1.0), (0.0, math.inf), (-math.inf, math.inf)
failures: list[str] = []
compared = 0


def number(value):
    """A number, or a text that is none: infinities are written as words."""
    return float(value) if value in ("Infinity", "-Infinity", "NaN") else value


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


def check_figure(place: str, found, values: list[float], limits=AMOUNTS) -> None:
    """`limits` is where values can be: intervals end there."""
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
        ends = (("lower", max(mean - half, limits[0])), ("upper", min(mean + half, limits[1])))
        for name, end in ends if math.isfinite(mean) else ():
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
        "passes": cell["training_passes"], "processor_seconds": cost["cpu_seconds"],
        "seconds": cost["seconds"]}


def events(cell: dict, effort: str) -> list[float]:
    """What was spent at each event; processor seconds in proportion to seconds."""
    steps, cost = cell["improvements"], cell["run"]["cost"]
    if effort == "processor_seconds":
        share = cost["cpu_seconds"] / cost["seconds"] if cost["seconds"] else 0.0
        return [each * share for each in steps["seconds"]]
    return steps["forward_equivalents" if effort == "passes" else effort]


def hit(cell: dict) -> bool:
    return cell["run"]["stop_reason"] == "targetReached"


UNTIL_LOSS: float | None = None


def cost_of_target(cell: dict, effort: str) -> float:
    """Until the event that reached a target of loss; all that was spent for one of accuracy, or without success."""
    places, losses = events(cell, effort), cell["improvements"]["best_loss"]
    is_event = UNTIL_LOSS is not None and losses and number(losses[-1]) <= UNTIL_LOSS
    return max(places) if hit(cell) and is_event else spent(cell)[effort]


def ert(costs: list[float], hits: list[bool]) -> float:
    return sum(costs) / sum(hits) if any(hits) else math.inf


def curve(cell: dict, effort: str) -> list[tuple[float, float]]:
    steps = cell["improvements"]
    kept, best, last = [], math.inf, -math.inf
    for place, loss in zip(events(cell, effort), map(number, steps["best_loss"])):
        place = last = max(last, place)
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
    hits = [hit(cell) for cell in cells]
    count, runs = sum(hits), len(cells) + failed
    if runs:
        found = row["success"]
        low, high = wilson(count, runs)
        for name, wanted in (("count", count), ("out_of", runs), ("rate", count / runs)):
            expect(f"{place} success {name}", found[name], wanted)
        expect(f"{place} success from", found["interval"]["lower"], low)
        expect(f"{place} success to", found["interval"]["upper"], high)
    for effort in EFFORTS if failed else ():
        expect(f"{place} ERT {effort}", row["expected_time"][effort].get("value"), None)
        expect(f"{place} ERT {effort}", row["expected_time"][effort]["absence"], f"{failed} failed")
    for effort in EFFORTS if cells and not failed else ():
        costs = [cost_of_target(cell, effort) for cell in cells]
        found = row["expected_time"][effort]
        expect(f"{place} ERT {effort}", found["value"], ert(costs, hits))
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


def wilcoxon(first: list[float], second: list[float]) -> tuple[float, int]:
    """Two-sided, zeros ranked as by Pratt; exact for at most 50 pairs that differ. And who is favoured."""
    differences = [0.0 if a == b else a - b for a, b in zip(first, second)]
    sizes = sorted(abs(each) for each in differences)
    ranks = {size: sizes.index(size) + (sizes.count(size) + 1) / 2 for size in set(sizes)}
    total = sum(ranks[abs(each)] for each in differences if each > 0)
    own = [ranks[abs(each)] for each in differences if each]
    mean = sum(own) / 2
    side = (total < mean) - (total > mean)
    if len(own) <= 50:
        ways = {0: 1}
        for rank in own:
            further = dict(ways)
            for at, count in ways.items():
                further[at + rank] = further.get(at + rank, 0) + count
            ways = further
        far = sum(count for at, count in ways.items() if abs(at - mean) >= abs(total - mean))
        return far / 2 ** len(own), side
    deviation = math.sqrt(sum(rank * rank for rank in own) / 4)
    p = math.erfc((abs(total - mean) - 0.5) / deviation / math.sqrt(2))
    return min(1.0, p), side


def check_pairs(place: str, pairs: list, outcomes: dict[str, dict[int, float]], baseline) -> None:
    found = {(pair["first"], pair["second"]): pair for pair in pairs}
    tested = []
    wanted = [(name, baseline) for name in outcomes if name != baseline and baseline in outcomes]
    for a, b in wanted if baseline else combinations(outcomes, 2):
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
            wins = sum((x < y) + (x == y) / 2 for x, y in zip(own, others))
            expect(f"{where} effect", pair["effect"], wins / len(seeds))
        if better + worse:
            p, side = wilcoxon(own, others)
            expect(f"{where} favoured", pair.get("favoured"), {1: a, -1: b, 0: None}[side])
            if " is better than " in pair["reading"]:
                expect(f"{where} reading", pair["reading"].startswith(f"{a} is better"), side > 0)
                count = better if side > 0 else worse
                expect(f"{where} count", f"better on {count}" in pair["reading"], True)
            tested.append((p, pair, where))
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
    loss_limits = NUMBERS if cells and cells[0]["run"]["loss"] == "score" else AMOUNTS
    figures = [metric(cell["run"]) for cell in cells]
    limits = PARTS if any((name or "").endswith("accuracy") for name, _ in figures) else loss_limits
    check_figure(f"{place} metric", row.get("metric"),
                 [value for _, value in figures if value is not None and value == value], limits)
    check_figure(f"{place} best loss", row.get("best_loss"), last, loss_limits)
    for effort in EFFORTS:
        name = "cpu_seconds" if effort == "processor_seconds" else effort
        check_figure(f"{place} {effort}", row.get(name), [spent(cell)[effort] for cell in cells])
        areas = [area(cell, effort, horizon[effort], scale) for cell in cells] if scale else []
        check_figure(f"{place} AOCC {effort}", row["anytime"].get(effort), areas, PARTS)
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
    check_figure(f"{place} optimizer", row.get("optimizer_seconds"),
                 [c["optimizer_seconds"] for c in costs])
    check_figure(f"{place} elsewhere", row.get("objective_seconds"),
                 [c["seconds"] - c["optimizer_seconds"] for c in costs])
    deployed = [cell["run"]["deployment"] for cell in cells if cell["run"].get("deployment")]
    for name in ("accuracy", "agreement", "bytes"):
        check_figure(f"{place} target {name}", (row.get("deployment") or {}).get(name),
                     [each[name] for each in deployed if each.get(name) is not None],
                     AMOUNTS if name == "bytes" else PARTS)
    check_figure(f"{place} cycles", (row.get("deployment") or {}).get("cycles"),
                 [each["cycles"]["mean"] for each in deployed if each.get("cycles")])
    check_figure(f"{place} each", row.get("optimizer_microseconds_per_evaluation"),
                 [c["optimizer_seconds"] * 1e6 / spent(cell)["evaluations"]
                  for c, cell in zip(costs, cells)])
    if any(key in plan["budget"] for key in ["until_loss", "until_accuracy", "until_metric"]):
        check_target(place, row, cells, len(failed))


def labels(record: dict) -> tuple:
    """What a cell is called; journals of earlier forms have a solver for dependencies."""
    names = tuple(record.get(key) for key in ("dataset", "model", "optimizer", "target"))
    earlier = {"optimizer.solver": record["solver"]} if record.get("solver") else {}
    return names + tuple(sorted({**earlier, **record.get("dependencies", {})}.items()))


def check_ranking(place: str, problem: dict, good: dict, bad: dict) -> None:
    """The order by expected times, or by the median best loss when each has spent the same."""
    ranking = problem.get("effort_ranking")
    if not ranking:
        return
    by = {}
    for effort in EFFORTS:
        order, values = ranking["orders"][effort], {}
        if ranking["figure"] == "expectedTime":
            for name, cells in good.items():
                if not bad[name] and cells:
                    values[name] = ert([cost_of_target(c, effort) for c in cells], list(map(hit, cells)))
        else:
            ended = [[spent(c)[effort] for c in cells if c["run"]["stop_reason"] == "budgetSpent"]
                     for cells in good.values()]
            every = [spent(c)[effort] for cells in good.values() for c in cells]
            at = min((statistics.median(each) for each in ended if each), default=max(every))
            expect(f"{place} common {effort}", order["spent"], at)
            for name, cells in good.items():
                losses = [next((loss for x, loss in reversed(curve(c, effort)) if x <= at), math.inf)
                          for c in cells] + [math.inf] * bad[name]
                if cells:
                    values[name] = quantile(losses, 0.5)
        for name, value in zip(order["names"], order["values"]):
            expect(f"{place} rank by {effort} of {name}", value, values[name])
        by[effort] = values
        expect(f"{place} ranked by {effort}", order["names"] == sorted(
            [name for name in good if name in values], key=values.get), True)
    moved = {
        (a, b) for a, b in combinations([name for name in good if name in by["passes"]], 2)
        if {True} < {by[e][a] < by[e][b] for e in SHOWN if by[e][a] != by[e][b]}}
    found = {(each["first"], each["second"]) for each in ranking["changes"]}
    expect(f"{place} changes", found == moved, True)


def check_overall(report: dict, problems: list, seeds: int) -> None:
    """Targets of all problems and profiles: what was skipped and what failed is in every denominator."""
    has_target = any(key in report["plan"]["budget"] for key in ["until_loss", "until_accuracy", "until_metric"])
    names = [entry["name"] for entry in report["overall"]["entries"]]
    for effort in EFFORTS:
        costs = []
        for problem, good, bad in problems:
            worst_best = problem.get("loss_scale")
            row = {}
            for name in names:
                row[name] = math.inf
                if name not in good or bad[name] or not worst_best:
                    continue
                worst, best = number(worst_best["worst"]), number(worst_best["best"])
                half = math.sqrt(worst * best) if worst_best["is_logarithmic"] else (worst + best) / 2
                cells = good[name]
                if has_target:
                    row[name] = ert([cost_of_target(c, effort) for c in cells], list(map(hit, cells)))
                else:
                    places = [reaching(curve(c, effort), half * (1 + 1e-12)) for c in cells]
                    row[name] = ert([spent(c)[effort] if math.isinf(x) else x
                                     for c, x in zip(cells, places)], [x < math.inf for x in places])
            costs.append(row)
        for entry in report["overall"]["entries"]:
            name, times = entry["name"], []
            for problem, good, bad in problems:
                lost = bad[name] if name in good else seeds
                times += [math.inf] * (lost * len(problem["targets"]))
                times += [reaching(curve(c, effort), goal)
                          for c in good.get(name, []) for goal in problem["targets"]]
            found = entry["reached"][effort]
            for x, fraction in zip(found["x"], found["fraction"]):
                expect(f"{name} of all targets by {effort}", fraction,
                       sum(t <= x for t in times) / len(times))
            ratios = [row[name] / min(row.values()) for row in costs if min(row.values()) < math.inf]
            found = entry["profile"][effort]
            for x, fraction in zip(found["x"], found["fraction"]):
                expect(f"{name} profile by {effort}", fraction,
                       sum(r <= x * (1 + 1e-9) for r in ratios) / len(costs), 1e-9)
            expect(f"{name} solves by {effort}", (found["fraction"] or [0.0])[-1],
                   sum(r < math.inf for r in ratios) / len(costs))


def main() -> int:
    records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    report = json.load(open(sys.argv[2], encoding="utf-8"))
    globals()["UNTIL_LOSS"] = report["plan"]["budget"].get("until_loss")
    plan, ended = records[0]["plan"], {}
    for record in records[1:]:
        if record["record"] in ("cell", "failure"):
            ended[record["cell"]] = record
    problems = []
    for problem in report["problems"]:
        place = f"{problem['model']} on {problem['dataset']}"
        wanted = {labels(row["labels"]) for row in problem["combinations"]}
        own = [r for _, r in sorted(ended.items()) if labels(r) in wanted]
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
        outcomes, all_good, all_bad = {}, {}, {}
        sign = -1 if (metric(cells[0]["run"])[0] or "").endswith("accuracy") else 1
        for row in problem["combinations"]:
            mine = [r for r in own if labels(r) == labels(row["labels"])]
            good = [r for r in mine if r["record"] == "cell"]
            bad = [r for r in mine if r["record"] == "failure"]
            figures = {r["seed"]: metric(r["run"])[1] for r in good}
            outcomes[row["name"]] = {
                **{seed: sign * value if value == value else math.inf
                   for seed, value in figures.items()},
                **{r["seed"]: math.inf for r in bad}}
            all_good[row["name"]], all_bad[row["name"]] = good, len(bad)
            check_row(f"{place}, {row['name']}", row, good, bad, plan, (scale, targets, horizon))
        check_pairs(place, problem["pairs"], outcomes, report.get("baseline"))
        check_ranking(place, problem, all_good, all_bad)
        problems.append((problem, all_good, all_bad))
    if report.get("overall"):
        check_overall(report, problems, len(plan["seeds"]))
    print("\n".join(failures[:40]))
    print(f"{compared} figures compared, {len(failures)} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
