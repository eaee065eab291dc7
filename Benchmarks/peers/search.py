"""Evaluations that a peer's search needs to a target, one line of JSON for each run.

    python search.py PEER DIMENSION TARGET LIMIT FUNCTION,... INSTANCES
"""

import json
import sys
import warnings

import numpy as np
from test_functions import Problem, Reached


def pycma(problem: Problem, seed: int) -> None:
    """BIPOP-CMA-ES within the bounds, each run from a point uniform over them."""
    import cma

    random = np.random.default_rng(seed)
    options = {
        "bounds": [problem.low, problem.high], "verbose": -9, "seed": seed, "maxfevals": problem.limit}
    sigma = 0.25 * (problem.high - problem.low)
    while not problem.is_spent:
        cma.fmin2(problem, lambda: problem.start(random), sigma, options, restarts=9, bipop=True)


def scipy_de(problem: Problem, seed: int) -> None:
    """SciPy's defaults, begun anew when it has converged."""
    from scipy.optimize import differential_evolution

    random = np.random.default_rng(seed)
    while not problem.is_spent:
        differential_evolution(problem, problem.bounds, rng=random, maxiter=10**9)


def scipy_nelder_mead(problem: Problem, seed: int) -> None:
    """Adaptive, to tolerances below the target, begun anew from points uniform over the bounds."""
    from scipy.optimize import minimize

    random = np.random.default_rng(seed)
    options = {"adaptive": True, "xatol": 1e-5, "fatol": 0.1 * problem.target, "maxfev": problem.limit,
               "maxiter": problem.limit}
    while not problem.is_spent:
        minimize(problem, problem.start(random), method="Nelder-Mead", bounds=problem.bounds, options=options)


def scipy_dual_annealing(problem: Problem, seed: int) -> None:
    """SciPy's defaults, its L-BFGS-B descents among them, begun anew when it ends."""
    from scipy.optimize import dual_annealing

    random = np.random.default_rng(seed)
    while not problem.is_spent:
        dual_annealing(problem, problem.bounds, rng=random, maxiter=10**6, maxfun=problem.limit)


PEERS = {
    "pycma": pycma, "scipy-de": scipy_de, "scipy-nelder-mead": scipy_nelder_mead,
    "scipy-dual-annealing": scipy_dual_annealing}


def main() -> None:
    peer, dimension, target, limit = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    warnings.simplefilter("ignore")
    for name in sys.argv[5].split(","):
        for instance in range(1, int(sys.argv[6]) + 1):
            problem = Problem(name, dimension, instance, target, limit)
            try:
                PEERS[peer](problem, instance)
            except Reached:
                pass
            print(json.dumps({
                "function": name, "instance": instance, "evaluations": problem.count,
                "best": problem.best}), flush=True)


main()
