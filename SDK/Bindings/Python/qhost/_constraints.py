"""Constraints of SciPy's kinds as one number: how far from feasible a point is."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np

from .errors import UsageError


def violation_of(
    constraints: Any, violation: Callable[..., Any] | None, args: tuple[Any, ...], tolerance: float
) -> Callable[[Any, bool], Any] | None:
    """A function of points [P x n] that gives violations [P]; None where there are no constraints.

    The violation is the sum of what each constraint is exceeded by; an equality holds within the tolerance.
    """
    if constraints is None:
        constraints = ()
    if isinstance(constraints, dict) or hasattr(constraints, "lb"):
        constraints = (constraints,)
    parts = [_excess(one, index, tolerance) for index, one in enumerate(constraints)]
    if violation is None and not parts:
        return None

    def total(points: Any, vectorized: bool) -> Any:
        broken = np.zeros(len(points))
        if violation is not None:
            if vectorized:
                given = np.asarray(violation(points.T, *args), np.float64)
                if given.shape != broken.shape:
                    raise ValueError(
                        f"the violation has the shape {given.shape} for {len(points)} points; return one of shape "
                        f"{broken.shape}")
                broken += given
            else:
                broken += [float(violation(x, *args)) for x in points]
        for part in parts:
            broken += [part(np.array(x)) for x in points]
        return broken

    return total


def _excess(one: Any, index: int, tolerance: float) -> Callable[[Any], float]:
    if isinstance(one, dict):
        kind, function = one.get("type"), one.get("fun")
        if kind not in ("eq", "ineq") or not callable(function):
            raise UsageError(
                f"constraints[{index}] needs 'type' 'eq' or 'ineq' and a function 'fun'; it is {one!r}")
        own = one.get("args", ())
        if kind == "ineq":
            return lambda x: _sum(-np.atleast_1d(function(x, *own)))
        return lambda x: _sum(np.abs(np.atleast_1d(function(x, *own))) - tolerance)
    if not (hasattr(one, "lb") and hasattr(one, "ub")):
        raise UsageError(
            f"constraints[{index}] is {one!r}; give dicts, LinearConstraint or NonlinearConstraint of SciPy")
    lower, upper = np.asarray(one.lb, np.float64), np.asarray(one.ub, np.float64)
    slack = np.where(lower == upper, tolerance, 0.0)
    if hasattr(one, "fun"):
        values = one.fun
    else:
        matrix = one.A
        values = lambda x: matrix @ x  # noqa: E731

    def excess(x: Any) -> float:
        value = np.atleast_1d(values(x))
        return _sum(lower - slack - value) + _sum(value - upper - slack)

    return excess


def _sum(excess: Any) -> float:
    return float(np.maximum(excess, 0).sum())
