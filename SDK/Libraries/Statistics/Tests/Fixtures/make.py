#!/usr/bin/env python3
"""Records what SciPy says, and exact probabilities of pairs, for the tests of QHostStatistics.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python make.py > scipy.json
    venv/bin/python make.py pairs > pairs.json

The pairs are 1,000 samples of 5 to 50 with ties and zeros. Up to 16 pairs all choices of signs are tried,
beyond that they are counted by a recursion over doubled ranks; both must agree up to 16, and with SciPy's
exact test wherever it is one, which is without ties and zeros.
"""

import json
import sys

import numpy
import scipy
from scipy import stats

random = numpy.random.default_rng(1)


def numbers(values):
    return [float(value) for value in numpy.asarray(values).ravel()]


def rates():
    for successes, runs in [(0, 5), (1, 5), (5, 5), (3, 10), (7, 30), (29, 30), (250, 1000)]:
        for level in [0.9, 0.95, 0.99]:
            test = stats.binomtest(successes, runs)
            yield {
                "successes": successes,
                "runs": runs,
                "level": level,
                "wilson": numbers(test.proportion_ci(level, "wilson")),
            }


def samples():
    for count in [2, 3, 4, 5, 9, 30, 101]:
        values = random.lognormal(size=count)
        mean, error = values.mean(), stats.sem(values)
        yield {
            "values": numbers(values),
            "mean": float(mean),
            "median": float(numpy.median(values)),
            "deviation": float(values.std(ddof=1)),
            "parts": [0, 0.025, 0.1, 0.25, 0.5, 0.6, 0.9, 1],
            "quantiles": numbers(numpy.quantile(values, [0, 0.025, 0.1, 0.25, 0.5, 0.6, 0.9, 1])),
            "level": 0.95,
            "meanInterval": numbers(stats.t.interval(0.95, count - 1, mean, error)),
        }


def paired_samples():
    return [
        random.normal(size=(2, 1)),
        random.normal(size=(2, 6)),
        random.normal(size=(2, 10)) + [[0], [1]],
        random.normal(size=(2, 50)) + [[0.3], [0]],
        random.normal(size=(2, 51)),
        random.normal(size=(2, 120)) + [[0.2], [0]],
        random.integers(0, 6, size=(2, 80)),
        random.integers(0, 30, size=(2, 200)) + [[2], [0]],
    ]


def signed_rank():
    """Exact where SciPy is, which is without ties and zeros; normal above 50 pairs that differ."""
    for first, second in paired_samples():
        difference = first - second
        exact = bool((difference != 0).sum() <= 50)
        sizes = numpy.abs(difference)
        assert not exact or len(set(sizes)) == len(sizes) and sizes.min() > 0
        result = stats.wilcoxon(
            difference,
            zero_method="pratt",
            correction=True,
            method="exact" if exact else "asymptotic",
        )
        yield {
            "first": numbers(first),
            "second": numbers(second),
            "isExact": exact,
            "statistic": float(stats.rankdata(sizes)[difference > 0].sum()),
            "pValue": float(result.pvalue),
        }


def doubled_ranks(difference):
    """Pratt's ranks times two, of the differences that are not 0, and which of these are above 0."""
    ranks = (2 * stats.rankdata(numpy.abs(difference))).astype(int)
    return ranks[difference != 0], difference[difference != 0] > 0


def enumerated(ranks, positive):
    """The part of all choices of signs whose sum is at least as far from the middle, by trying them."""
    signs = (numpy.arange(2 ** len(ranks))[:, None] >> numpy.arange(len(ranks))) & 1
    distance = numpy.abs(2 * (signs @ ranks) - ranks.sum())
    return float((distance >= abs(2 * ranks[positive].sum() - ranks.sum())).sum() / 2 ** len(ranks))


def recursed(ranks, positive):
    """The same from how many choices make each sum, one rank after the other, in whole numbers."""
    ways = {0: 1}
    for rank in map(int, ranks):
        further = dict(ways)
        for total, count in ways.items():
            further[total + rank] = further.get(total + rank, 0) + count
        ways = further
    total = int(ranks.sum())
    distance = abs(2 * int(ranks[positive].sum()) - total)
    return sum(n for s, n in ways.items() if abs(2 * s - total) >= distance) / 2 ** len(ranks)


def small_pairs(kind, count):
    """Differences with ties and zeros, with few of them, with neither, with ties, and with zeros only."""
    if kind == 0:
        return random.integers(0, 6, size=count) - random.integers(0, 5, size=count)
    if kind == 1:
        return random.integers(0, 40, size=count) - random.integers(0, 30, size=count)
    signs = numpy.where(random.random(count) < random.uniform(0.1, 0.9), 1, -1)
    if kind == 3:
        return signs * random.integers(1, 1 + max(1, count // 3), size=count)
    sizes = random.permutation(3 * count)[:count] + 1
    if kind == 4:
        sizes[: random.integers(1, 1 + count // 2)] = 0
    return signs * sizes


def pairs():
    for case in range(1000):
        count = int(random.integers(5, 51))
        difference = small_pairs(case % 5, count)
        second = random.integers(0, 10, size=count)
        first = second + difference
        ranks, positive = doubled_ranks(difference)
        sizes = set(numpy.abs(difference))
        p, way = recursed(ranks, positive), "recursion"
        if count <= 16:
            way = "enumeration"
            assert p == enumerated(ranks, positive)
        if len(sizes) == count and 0 not in sizes:
            way = way if count <= 16 else "scipy"
            assert abs(p - stats.wilcoxon(difference, method="exact").pvalue) <= 1e-12 * p
        yield {
            "first": first.tolist(),
            "second": second.tolist(),
            "by": way,
            "statistic": float(ranks[positive].sum() / 2),
            "pValue": p,
        }


def friedman():
    cases = [
        random.normal(size=(12, 4)) + [0, 0.5, 1, 1.5],
        random.normal(size=(30, 3)),
        random.integers(0, 3, size=(15, 5)),
    ]
    for figures in cases:
        result = stats.friedmanchisquare(*figures.T)
        problems, k = figures.shape
        ranks = numpy.apply_along_axis(stats.rankdata, 1, figures).mean(axis=0)
        f = (problems - 1) * result.statistic / (problems * (k - 1) - result.statistic)
        yield {
            "figures": [numbers(row) for row in figures],
            "meanRanks": numbers(ranks),
            "chiSquared": float(result.statistic),
            "fStatistic": float(f),
            "pValue": float(stats.f.sf(f, k - 1, (k - 1) * (problems - 1))),
            "level": 0.95,
            "criticalDifference": float(
                stats.studentized_range.ppf(0.95, k, numpy.inf)
                / numpy.sqrt(2)
                * numpy.sqrt(k * (k + 1) / (6 * problems))
            ),
        }


def holm():
    # SciPy has Benjamini and Hochberg's correction only; this is Holm's, from its definition.
    for count in [1, 2, 5, 12]:
        values = random.uniform(size=count) ** 3
        order = numpy.argsort(values)
        steps = numpy.minimum(1, (count - numpy.arange(count)) * values[order])
        adjusted = numpy.empty(count)
        adjusted[order] = numpy.maximum.accumulate(steps)
        yield {"pValues": numbers(values), "adjusted": numbers(adjusted)}


def scipy_cases():
    return {
        "rates": rates(),
        "samples": samples(),
        "signedRank": signed_rank(),
        "friedman": friedman(),
        "holm": holm(),
    }


if sys.argv[1:] == ["pairs"]:
    print("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in pairs()) + "\n]")
else:
    print("{")
    print(f' "versions": {{"numpy": "{numpy.__version__}", "scipy": "{scipy.__version__}"}}', end="")
    for name, values in scipy_cases().items():
        rows = ",\n  ".join(json.dumps(case) for case in values)
        print(f',\n "{name}": [\n  {rows}\n ]', end="")
    print("\n}")
