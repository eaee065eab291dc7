#!/usr/bin/env python3
"""River's online learners on rows that `qhost data export` wrote, predicted first and learned from afterwards.

    river_peers.py --rows train.csv --drifts 25000,50000,75000 --seed 1 --peers logistic,hat,arf

prints one JSON object a line for each learner. Rows before --skip are learned from and not counted, as qhost's warm-up is. Needs
the packages of requirements-online.txt.
"""
import argparse
import csv
import json
import time

from river import forest, linear_model, multiclass, optim, preprocessing, tree


def peer(name, classes, seed):
    """A learner by name, with River's own defaults."""
    if name == "logistic":
        learner = linear_model.LogisticRegression(optim.SGD(0.01))
        if classes > 2:
            learner = multiclass.OneVsRestClassifier(learner)
        return preprocessing.StandardScaler() | learner
    if name == "hat":
        return tree.HoeffdingAdaptiveTreeClassifier(seed=seed)
    if name == "arf":
        return forest.ARFClassifier(seed=seed)
    raise SystemExit(f"no learner '{name}': logistic, hat, arf")


def recovery(errors, drift, end, width=0, rows=500, tolerance=0.02):
    """qhost's measure: rows until the mean error of the last 500 is within 2 points of that of the 1,000 before the drift began."""
    start = drift - width // 2
    before = sum(errors[max(0, start - 1000) : start]) / max(1, min(1000, start))
    total = 0
    for row in range(drift, end):
        total += errors[row]
        if row - drift >= rows:
            total -= errors[row - rows]
        if row - drift + 1 >= rows and total / rows <= before + tolerance:
            return row - drift + 1
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", required=True)
    parser.add_argument("--drifts", default="")
    parser.add_argument("--width", type=int, default=0, help="rows that a gradual drift takes, half of them before its middle")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=200)
    parser.add_argument("--peers", default="logistic,hat,arf")
    parser.add_argument("--label", default="")
    arguments = parser.parse_args()
    with open(arguments.rows) as file:
        reader = csv.reader(file)
        names = next(reader)[:-1]
        rows = [(dict(zip(names, map(float, row[:-1]))), row[-1]) for row in reader]
    labels = sorted({label for _, label in rows})
    if len(labels) == 2:
        rows = [(x, label == labels[1]) for x, label in rows]
    drifts = [int(text) for text in arguments.drifts.split(",") if text]
    for name in arguments.peers.split(","):
        learner = peer(name, len(labels), arguments.seed)
        errors = []
        times = []
        for x, y in rows:
            begun = time.perf_counter_ns()
            guess = learner.predict_one(x)
            learner.learn_one(x, y)
            times.append(time.perf_counter_ns() - begun)
            errors.append(0 if guess == y else 1)
        counted = errors[arguments.skip :]
        ends = drifts[1:] + [len(errors)]
        times.sort()
        print(
            json.dumps(
                {
                    "learner": name,
                    "label": arguments.label,
                    "seed": arguments.seed,
                    "error": sum(counted) / len(counted),
                    "error_after_first_drift": sum(errors[drifts[0] :]) / len(errors[drifts[0] :]) if drifts else None,
                    "rows_until_back": [recovery(errors, d, e, arguments.width) for d, e in zip(drifts, ends)],
                    "microseconds_median": times[len(times) // 2] / 1000,
                    "microseconds_99": times[len(times) * 99 // 100] / 1000,
                    "seconds": sum(times) * 1e-9,
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
