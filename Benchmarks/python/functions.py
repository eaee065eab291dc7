"""Test functions within equal budgets: qhost's methods beside those of scipy.optimize.

    python3 Benchmarks/python/functions.py [--seeds N] [--evaluations N]

Every method starts at the same points, drawn uniformly within the bounds, and is stopped at the same number of calls,
counted by the function itself. A figure is the median over seeds of the best value above the least one known; behind it, how many
runs came within 1e-4. All methods have their defaults, SciPy's gradients are finite differences and count as calls.
"""

from __future__ import annotations

import argparse
import statistics
import warnings

import numpy as np
from scipy import optimize


def ackley(x):
    return (-20 * np.exp(-0.2 * np.sqrt(np.mean(x * x)))
            - np.exp(np.mean(np.cos(2 * np.pi * x))) + 20 + np.e)


def rastrigin(x):
    return 10 * x.size + np.sum(x * x - 10 * np.cos(2 * np.pi * x))


def griewank(x):
    return np.sum(x * x) / 4000 - np.prod(np.cos(x / np.sqrt(np.arange(1, x.size + 1)))) + 1


def styblinski_tang(x):
    return np.sum(x**4 - 16 * x**2 + 5 * x) / 2 + 39.16616570377142 * x.size


def himmelblau(x):
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


#: Name, function, dimension, bound; shifted so that no least value lies in the middle of the bounds.
FUNCTIONS = [
    ("rosen 2", optimize.rosen, 2, 5.0), ("rosen 10", optimize.rosen, 10, 5.0),
    ("himmelblau 2", himmelblau, 2, 5.0), ("ackley 10", ackley, 10, 30.0),
    ("rastrigin 10", rastrigin, 10, 5.12), ("griewank 10", griewank, 10, 100.0),
    ("styblinski-tang 10", styblinski_tang, 10, 5.0),
]
QHOST = ("tunneling", "cma-es", "de", "nelder-mead")
SCIPY = ("Powell", "Nelder-Mead", "L-BFGS-B", "COBYQA")


class Spent(Exception):
    """The budget is used up."""


class Counted:
    """A function that counts, keeps its best value and ends a search at its budget."""

    def __init__(self, function, shift, budget: int) -> None:
        self.function, self.shift, self.budget = function, shift, budget
        self.calls, self.best = 0, np.inf

    def __call__(self, x) -> float:
        if self.calls >= self.budget:
            raise Spent
        self.calls += 1
        value = float(self.function(np.asarray(x) - self.shift))
        self.best = min(self.best, value)
        return value


def search(method: str, fun: Counted, start, bounds, seed: int) -> None:
    import qhost

    kind, name = method.split(" ", 1)
    if kind == "qhost":
        qhost.minimize(fun, start, method=name, bounds=bounds,
                       options={"maxfev": fun.budget, "seed": seed + 1})
    elif name == "differential_evolution":
        optimize.differential_evolution(fun, bounds, x0=start, rng=seed, maxiter=10**6)
    elif name == "dual_annealing":
        optimize.dual_annealing(fun, bounds, x0=start, rng=seed, maxfun=fun.budget)
    else:
        optimize.minimize(fun, start, method=name, bounds=bounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=7)
    parser.add_argument("--evaluations", type=int, default=5000)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    methods = [f"qhost {m}" for m in QHOST] + [f"scipy {m}" for m in SCIPY]
    methods += ["scipy differential_evolution", "scipy dual_annealing"]
    print(f"{asked.evaluations} calls, {asked.seeds} seeds; median distance, runs within 1e-4")
    print("| method | " + " | ".join(name for name, *_ in FUNCTIONS) + " |")
    print("|---" * (1 + len(FUNCTIONS)) + "|")
    for method in methods:
        cells = []
        for _, function, n, bound in FUNCTIONS:
            found = []
            for seed in range(asked.seeds):
                rng = np.random.default_rng(seed)
                shift = rng.uniform(-0.1, 0.1, n) * bound
                start = rng.uniform(-0.8, 0.8, n) * bound
                fun = Counted(function, shift, asked.evaluations)
                try:
                    search(method, fun, start, [(-bound, bound)] * n, seed)
                except Spent:
                    pass
                found.append(fun.best)
            hits = sum(value < 1e-4 for value in found)
            cells.append(f"{max(0.0, statistics.median(found)):.1g} ({hits})")
        print(f"| {method} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
