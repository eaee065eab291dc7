"""The variables of a search: where it starts, and where they may lie."""

from __future__ import annotations

import ctypes
from typing import Any, Sequence

import numpy as np

from ._library import Space
from .errors import UsageError


class Variables:
    """A starting point, bounds and kinds, checked; those with one value alone are fixed and not searched."""

    def __init__(self, x0: Any, bounds: Any, integrality: Any, scale: Any) -> None:
        x = np.atleast_1d(np.array(x0, dtype=np.float64))
        if x.ndim != 1 or x.size == 0:
            raise UsageError(
                f"x0 has the shape {np.shape(x0)}; give a starting point of at least one number")
        n = x.size
        lower, upper = _bounds(bounds, n)
        kinds = np.zeros(n, dtype=np.uint32)
        if integrality is not None:
            given = np.broadcast_to(np.asarray(integrality), (n,))
            if not np.isin(given, (0, 1, 2)).all():
                raise UsageError("integrality must be 0, 1 or 2 for each variable")
            kinds[:] = given
        for index in np.flatnonzero(~((x >= lower) & (x <= upper))):
            raise UsageError(
                f"x0[{index}] is {x[index]} and its bounds are {lower[index]} to {upper[index]}; start within "
                "them")
        scales = None if scale is None else np.broadcast_to(np.asarray(scale, np.float64), (n,))
        self.x0 = x
        self.free = pick = lower < upper
        self.fixed = None if pick.all() else x
        self.start = np.ascontiguousarray(x[pick])
        self.lower, self.upper = np.ascontiguousarray(lower[pick]), np.ascontiguousarray(upper[pick])
        self.kinds = np.ascontiguousarray(kinds[pick])
        self.scales = None if scales is None else np.ascontiguousarray(scales[pick])
        self.size = self.start.size

    def space(self) -> Space:
        """Them as the library wants them; valid as long as this object."""
        return Space(
            ctypes.sizeof(Space), self.size, self.start.ctypes.data, self.lower.ctypes.data,
            self.upper.ctypes.data, self.kinds.ctypes.data if self.kinds.any() else None,
            None if self.scales is None else self.scales.ctypes.data)

    def whole(self, block: Any) -> Any:
        """Copies of points [P x free], or of one [free], with the fixed variables."""
        if self.fixed is None:
            return np.array(block)
        whole = np.empty(block.shape[:-1] + (self.x0.size,))
        whole[...] = self.fixed
        whole[..., self.free] = block
        return whole


def _bounds(bounds: Any, n: int) -> tuple[Any, Any]:
    """Lower and upper bounds [n], from pairs or from SciPy's Bounds."""
    if bounds is None:
        return np.full(n, -np.inf), np.full(n, np.inf)
    if hasattr(bounds, "lb") and hasattr(bounds, "ub"):
        pairs = [np.broadcast_to(np.asarray(b, np.float64), (n,)) for b in (bounds.lb, bounds.ub)]
        lower, upper = pairs[0].copy(), pairs[1].copy()
    else:
        listed: Sequence[Any] = list(bounds)
        if len(listed) != n:
            raise UsageError(f"there are {len(listed)} bounds for {n} variables; give a pair for each")
        for place, pair in enumerate(listed):
            if np.size(pair) != 2:
                raise UsageError(f"bounds[{place}] is {pair!r}; give a pair (min, max)")
        lower = np.array([-np.inf if low is None else low for low, _ in listed], np.float64)
        upper = np.array([np.inf if high is None else high for _, high in listed], np.float64)
    for index in np.flatnonzero(~(lower <= upper)):
        raise UsageError(
            f"bounds[{index}] is {lower[index]} to {upper[index]}, which leaves nothing between; exchange them")
    return lower, upper
