#!/usr/bin/env python3
"""Hypervolumes of sub-band with its three objectives (sum rate, Jain's index, outage), by optimizers of qhost and by pymoo's NSGA-II beside them.

    Benchmarks/sub-band/front.py [--users 16] [--bands 32] [--instances 20] [--evaluations 10000] [--peer] [--apart]

Needs numpy; --peer needs pymoo. A run of qhost minimises one loss, the weighted sum of the normalised objectives, and keeps what no other of its points dominates; so that
a front is sought, the evaluations are shared out among runs with the weights of a grid, and their points put together; each run begins where the one
before it ended, with --apart at a start of its own. All volumes, the peer's too, are computed
here from the points, between reference (0, 0, 1) and ideal (4.4, 1, 0), as a part of that box; points beyond the reference are counted. The means have intervals of
95 % by bootstrap over instances, and of the difference to tunneling over the same ones.
"""

import argparse
import csv
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import optima

# Of sum rate, Jain's index and outage, from sums to fairness.
WEIGHTS = [(1, 0, 0), (8, 1, 3), (3, 0, 1), (3, 1, 1), (1, 1, 1), (1, 3, 1), (0.2, 3, 1), (0, 1, 0)]
IDEAL, REFERENCE = np.array([4.4, 1, 0]), np.array([0, 0, 1])


def volume(points):
    """The part of the unit cube that points [n x 3] dominate, less is better, by slices along the third; and how many are beyond 1."""
    beyond = int((points > 1).any(axis=1).sum())
    points = np.unique(points[(points < 1).all(axis=1)], axis=0)
    total, levels = 0.0, np.append(np.unique(points[:, 2]), 1.0)
    for low, high in zip(levels, levels[1:]):
        area, height = 0.0, 1.0
        for x, y in sorted(map(tuple, points[points[:, 2] <= low, :2])):
            if y < height:
                area += (1 - x) * (height - y)
                height = y
        total += area * (high - low)
    return total, beyond


def normalised(values):
    return (IDEAL - values) / (IDEAL - REFERENCE)


def own(asked, optimizer, seed):
    """The points of runs with all weights."""
    name, _, settings = optimizer.partition("[")
    found = []
    with tempfile.TemporaryDirectory() as parent:
        for number, weights in enumerate(WEIGHTS):
            folder = f"{parent}/{number}"
            command = [asked.qhost, "run", "--dataset", "sub-band", "--model", "direct", "--optimizer", name, "--seed", "1", "--threads", "1",
                       "--max-evals", str(asked.evaluations // len(WEIGHTS)), "--output", folder, "--quiet",
                       "--weights", ",".join(f"{key}={value:g}" for key, value in zip(("sum-rate", "jain", "outage"), weights))]
            if number > 0 and not asked.apart:
                command += ["--from", f"{parent}/{number - 1}/model.safetensors"]
            for setting in (f"users={asked.users}", f"sub_bands={asked.bands}", f"seed={seed}", "objectives=true"):
                command += ["--set", "dataset." + setting]
            for setting in settings.rstrip("]").split(";") if settings else []:
                command += ["--set", "optimizer." + setting]
            for plugins in asked.plugins:
                command += ["--plugins", plugins]
            subprocess.run(command, capture_output=True, text=True, check=True)
            with open(Path(folder) / "front.csv") as file:
                found += [[float(row[key]) for key in ("sum-rate", "jain", "outage")] for row in csv.DictReader(file)]
    return np.array(found)


def peer(asked, seed):
    """The points of NSGA-II's last population and of all before that nothing dominates."""
    from pymoo.algorithms.moo.nsga2 import NSGA2
    from pymoo.core.problem import Problem
    from pymoo.operators.crossover.ux import UniformCrossover
    from pymoo.operators.mutation.pm import PolynomialMutation
    from pymoo.operators.repair.rounding import RoundingRepair
    from pymoo.operators.sampling.rnd import IntegerRandomSampling
    from pymoo.optimize import minimize

    rates = optima.shown(asked, "qos-floor", asked.users, asked.bands, seed)
    bands, users = rates.shape
    seen = []

    class Allocation(Problem):
        def __init__(self):
            super().__init__(n_var=bands, n_obj=3, xl=0, xu=users - 1, vtype=int)

        def _evaluate(self, x, out, *_, **__):
            sums = np.zeros((len(x), users))
            for band in range(bands):
                np.add.at(sums, (np.arange(len(x)), x[:, band].astype(int)), rates[band, x[:, band].astype(int)])
            total, squares = sums.sum(axis=1), (sums**2).sum(axis=1)
            values = np.column_stack([total / bands, total**2 / (users * squares), (sums < optima.FLOOR).mean(axis=1)])
            out["F"] = normalised(values)
            seen.append(out["F"])

    algorithm = NSGA2(pop_size=100, sampling=IntegerRandomSampling(), crossover=UniformCrossover(repair=RoundingRepair()),
                      mutation=PolynomialMutation(repair=RoundingRepair()))
    minimize(Allocation(), algorithm, ("n_eval", asked.evaluations), seed=seed)
    return np.concatenate(seen)


def interval(values):
    """Mean and interval of 95 % by bootstrap."""
    drawn = np.random.default_rng(1).choice(values, (10_000, len(values))).mean(axis=1)
    return f"{np.mean(values):.4f} ({np.percentile(drawn, 2.5):.4f} to {np.percentile(drawn, 97.5):.4f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--bands", type=int, default=32)
    parser.add_argument("--instances", type=int, default=20)
    parser.add_argument("--evaluations", type=int, default=10_000)
    parser.add_argument("--optimizers", default="tunneling,sa[moves=swap],ga,random")
    parser.add_argument("--peer", action="store_true", help="NSGA-II of pymoo beside them")
    parser.add_argument("--apart", action="store_true", help="runs with different weights do not begin where the one before ended")
    parser.add_argument("--qhost", default=str(optima.ROOT / ".build/release/qhost"))
    parser.add_argument("--plugins", action="append", default=[])
    asked = parser.parse_args()
    seeds = sorted(key[2] for key in optima.recorded() if key[:2] == (asked.users, asked.bands))[: asked.instances]
    found = {}
    for name in asked.optimizers.split(",") + (["NSGA-II"] if asked.peer else []):
        pairs = [volume(peer(asked, seed) if name == "NSGA-II" else normalised(own(asked, name, seed))) for seed in seeds]
        found[name] = np.array([pair[0] for pair in pairs])
        line = f"{asked.users}x{asked.bands} {name}: hypervolume {interval(found[name])}, points beyond the reference {sum(pair[1] for pair in pairs)}"
        first = next(iter(found))
        if name != first:
            line += f"; less {first} {interval(found[name] - found[first])}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
