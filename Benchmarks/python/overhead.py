"""What a call of the objective costs beside the objective: qhost, SciPy and pycma; and what `import` takes.

    python3 Benchmarks/python/overhead.py [--repeats N]

The objective is the same Python function for all. Each figure is the median over repeats of (time of a whole search less
evaluations times the time of the bare function) per evaluation, in microseconds, with the least and the most.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
import warnings

import numpy as np

N = 10
BOUNDS = [(-5.0, 5.0)] * N
START = np.full(N, 3.0)


def fun(x):
    return float(x @ x)


def bare(count: int = 20_000) -> float:
    x = START.copy()
    began = time.perf_counter()
    for _ in range(count):
        fun(x)
    return (time.perf_counter() - began) / count


def qhost_search(method: str, evaluations: int):
    import qhost

    return lambda: qhost.minimize(
        fun, START, method=method, bounds=BOUNDS, options={"maxfev": evaluations}).nfev


def scipy_search(method: str, evaluations: int):
    from scipy.optimize import minimize

    return lambda: minimize(
        fun, START, method=method, bounds=BOUNDS,
        options={"maxfev": evaluations, "xtol": 0, "ftol": 0} if method == "Powell"
        else {"maxfev": evaluations, "xatol": 0, "fatol": 0}).nfev


def pycma_search(evaluations: int):
    import cma

    def search() -> int:
        strategy = cma.CMAEvolutionStrategy(
            START, 1.0, {"bounds": [-5, 5], "verbose": -9, "seed": 1, "maxfevals": evaluations,
                         "tolfun": 0, "tolfunhist": 0, "tolx": 0, "tolstagnation": 10**9,
                         "tolflatfitness": 10**9})
        count = 0
        while count < evaluations:
            points = strategy.ask()
            strategy.tell(points, [fun(x) for x in points])
            count += len(points)
        return count

    return search


def measure(search, repeats: int) -> list[float]:
    search()
    found = []
    for _ in range(repeats):
        own = bare()
        began = time.perf_counter()
        count = search()
        found.append(1e6 * ((time.perf_counter() - began) / count - own))
    return found


def import_times(module: str, repeats: int) -> list[float]:
    """Milliseconds of `import`, less those of a Python that imports nothing."""
    found = []
    for _ in range(repeats):
        times = []
        for code in ("pass", f"import {module}"):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            times.append(time.perf_counter() - began)
        found.append(1e3 * (times[1] - times[0]))
    return found


def row(name: str, values: list[float], unit: str) -> None:
    print(f"{name:34} {statistics.median(values):8.2f} {unit}   "
          f"({min(values):.2f} to {max(values):.2f}, {len(values)} repeats)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    warnings.simplefilter("ignore")
    print(f"an evaluation of the bare function: {1e6 * bare():.2f} us; n = {N}")
    for method in ("tunneling", "cma-es", "de", "random", "nelder-mead", "cobyla"):
        try:
            row(f"qhost {method}", measure(qhost_search(method, 5000), repeats), "us")
        except ValueError as error:
            print(f"qhost {method}: {error}")
    for method in ("Powell", "Nelder-Mead"):
        row(f"scipy {method}", measure(scipy_search(method, 5000), repeats), "us")
    row("pycma", measure(pycma_search(2000), repeats), "us")
    for module in ("qhost", "scipy.optimize"):
        row(f"import {module}", import_times(module, repeats), "ms")


if __name__ == "__main__":
    main()
