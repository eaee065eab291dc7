#!/usr/bin/env bash
# SciPy 1.17.1, scipy.optimize.minimize(method="COBYLA"): bounds with keep_feasible=True are taken without a warning, and
# the objective is asked at points outside of them all the same: bounds are constraints like any other there. And a
# maxiter below n + 2 is raised to n + 2, with a warning.
#
# Seen on 2026-11-30: of 39 points 9 outside of bounds that were to be kept, the farthest by 0.5; 22 evaluations of 20
# parameters for maxiter=5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import warnings

import numpy as np
import scipy
from scipy.optimize import Bounds, minimize

points = []


def bowl(x):
    """A sum of squares that remembers where it was asked."""
    points.append(np.array(x))
    return float(np.sum(x * x))


print("SciPy", scipy.__version__)
bounds = Bounds([0.1, -1, 1], [1, 1, 2], keep_feasible=True)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    minimize(bowl, [0.5, 0.5, 1.5], method="COBYLA", bounds=bounds,
             options={"rhobeg": 1.0, "tol": 1e-4})
asked = np.array(points)
beyond = np.maximum(bounds.lb - asked, asked - bounds.ub).max(axis=1)
print("%d of %d points outside, the farthest by %.3g"
      % ((beyond > 1e-9).sum(), len(asked), beyond.max()))
assert (beyond > 1e-9).sum() > 0 and beyond.max() > 0.1, "the behaviour has changed"

points.clear()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    minimize(bowl, np.ones(20), method="COBYLA", options={"maxiter": 5})
print("%d evaluations for maxiter=5, %d warning" % (len(points), len(caught)))
assert len(points) == 22 and len(caught) == 1, "the behaviour has changed"
PYTHON
