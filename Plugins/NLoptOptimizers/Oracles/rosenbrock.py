"""Prints the points that NLopt's Python package asks on Rosenbrock's function, from -1.2, 1, as the
table in Tests/NLoptOptimizersTests/RecordedPoints.swift.

    pip install nlopt==2.7.1 'numpy<2'
    python rosenbrock.py

Versions 2.7.1 and 2.11.0 give the same. mma and ccsaq are left out: there the two differ.
"""

import nlopt

ALGORITHMS = {
    "cobyla": nlopt.LN_COBYLA, "bobyqa": nlopt.LN_BOBYQA,
    "nelder-mead": nlopt.LN_NELDERMEAD, "sbplx": nlopt.LN_SBPLX, "direct-l": nlopt.GN_DIRECT_L,
    "lbfgs": nlopt.LD_LBFGS, "slsqp": nlopt.LD_SLSQP,
}
PLACES = [1, 2, 5, 10, 20, 40]


def trace(name: str, algorithm: int) -> None:
    points, losses = [], []

    def rosenbrock(x, gradient):
        curve = x[1] - x[0] * x[0]
        if gradient.size:
            gradient[:] = [-400 * curve * x[0] - 2 * (1 - x[0]), 200 * curve]
        points.append([float(value) for value in x])
        losses.append(float(100 * curve * curve + (1 - x[0]) * (1 - x[0])))
        return losses[-1]

    search = nlopt.opt(algorithm, 2)
    search.set_lower_bounds([-3, -3])
    search.set_upper_bounds([3, 4])
    search.set_initial_step([0.5, 0.5])
    search.set_min_objective(rosenbrock)
    search.set_maxeval(60)
    search.optimize([-1.2, 1.0])
    print(f'  "{name}": RecordedPoints(')
    print(f"    count: {len(losses)}, best: {min(losses)!r},")
    print("    points: [")
    for place in PLACES:
        print(f"      {place}: {points[place]!r},")
    print("    ]),")


for name, algorithm in ALGORITHMS.items():
    trace(name, algorithm)
