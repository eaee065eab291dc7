#!/usr/bin/env python3
"""Records what SciPy says, for the tests of QHostStatistics.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python make.py > scipy.json
"""

import json

import numpy
import scipy
from scipy import stats

ALTERNATIVES = {"twoSided": "two-sided", "less": "less", "greater": "greater"}
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
                "clopperPearson": numbers(test.proportion_ci(level, "exact")),
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
            "interquartileMean": float(stats.trim_mean(values, 0.25)),
            "parts": [0, 0.025, 0.1, 0.25, 0.5, 0.6, 0.9, 1],
            "quantiles": numbers(numpy.quantile(values, [0, 0.025, 0.1, 0.25, 0.5, 0.6, 0.9, 1])),
            "level": 0.95,
            "meanInterval": numbers(stats.t.interval(0.95, count - 1, mean, error)),
        }


def pairs():
    whole = random.integers(0, 6, size=(2, 25))
    return [
        random.normal(size=(2, 1)),
        random.normal(size=(2, 6)),
        random.normal(size=(2, 10)) + [[0], [1]],
        random.normal(size=(2, 50)) + [[0.3], [0]],
        random.normal(size=(2, 51)),
        whole,
        numpy.array([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 9]]),
    ]


def signed_rank():
    for first, second in pairs():
        difference = numpy.abs(first - second)
        rest = difference[difference != 0]
        ties = len(set(rest)) < len(rest)
        for zeros, method in [("dropped", "wilcox"), ("ranked", "pratt")]:
            exact = len(rest) <= 50 and not ties and (zeros == "dropped" or len(rest) == len(difference))
            for alternative, name in ALTERNATIVES.items():
                # SciPy counts zeros in its exact distribution, so they are left out before.
                chosen = (first - second)[difference != 0] if exact else first - second
                result = stats.wilcoxon(
                    chosen,
                    zero_method=method,
                    correction=True,
                    alternative=name,
                    method="exact" if exact else "asymptotic",
                )
                ranks = stats.rankdata(numpy.abs(chosen)) if method == "pratt" else None
                if ranks is None:
                    kept = chosen[chosen != 0]
                    ranks, chosen = stats.rankdata(numpy.abs(kept)), kept
                yield {
                    "first": numbers(first),
                    "second": numbers(second),
                    "zeros": zeros,
                    "alternative": alternative,
                    "isExact": bool(exact),
                    "statistic": float(ranks[chosen > 0].sum()),
                    "pValue": float(result.pvalue),
                }


def rank_sum():
    cases = pairs() + [
        (random.normal(size=5), random.normal(size=40) + 0.5),
        (random.normal(size=9), random.normal(size=9)),
    ]
    for first, second in cases:
        both = numpy.concatenate([first, second])
        exact = len(set(both)) == len(both) and min(len(first), len(second)) <= 8
        for alternative, name in ALTERNATIVES.items():
            result = stats.mannwhitneyu(
                first, second, alternative=name, method="exact" if exact else "asymptotic"
            )
            yield {
                "first": numbers(first),
                "second": numbers(second),
                "alternative": alternative,
                "isExact": exact,
                "statistic": float(result.statistic),
                "pValue": float(result.pvalue),
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
            "chiSquaredPValue": float(result.pvalue),
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


cases = {
    "rates": rates(),
    "samples": samples(),
    "signedRank": signed_rank(),
    "rankSum": rank_sum(),
    "friedman": friedman(),
    "holm": holm(),
}
print("{")
print(f' "versions": {{"numpy": "{numpy.__version__}", "scipy": "{scipy.__version__}"}}', end="")
for name, values in cases.items():
    print(f',\n "{name}": [\n  ' + ",\n  ".join(json.dumps(case) for case in values) + "\n ]", end="")
print("\n}")
