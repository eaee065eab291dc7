"""Minimising functions of the caller's: qhost.minimize and qhost.minimizer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Callable, Sequence

from . import _library
from .catalogue import component, setting
from .errors import PluginError, UsageError

if TYPE_CHECKING:
    from ._search import Search

#: Options that are qhost's own; all others are parameters of the optimizer.
OWN_OPTIONS = frozenset(
    {"maxfev", "maxfun", "maxiter", "maxtime", "seed", "ftarget", "scale", "threads", "disp",
     "constraint_tolerance"})

_MESSAGES = {
    "targetReached": (0, "The value that was asked for is reached."),
    "toleranceReached": (0, "The method is within its own tolerance."),
    "scheduleEnded": (0, "The method's own schedule has ended."),
    "budgetSpent": (1, "The budget of evaluations or time is spent."),
    "stalled": (2, "The method sees no way forward."),
    "cancelled": (99, "The callback raised StopIteration."),
}


class OptimizeResult(dict):
    """What a search has found; its entries are attributes too.

    Where ``scipy.optimize`` is imported, results are of SciPy's class of the same name.

    Attributes
    ----------
    x : ndarray, shape (n,)
        The best point.
    fun : float
        The objective there.
    success : bool
        Whether a point was found that is feasible and finite, and no callback stopped the search.
    status : int
        0 where the method ended itself or reached its target, 1 for a spent budget, which is how most of these methods
        end, 2 where it saw no way forward, 99 for a callback's ``StopIteration``.
    message : str
        The same in words.
    nfev, njev, nit : int
        Calls of the objective, gradients among them, and queries of the method.
    maxcv : float
        How far from feasible the point is; 0 where there are no constraints.
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error

    __setattr__ = dict.__setitem__  # type: ignore[assignment]
    __delattr__ = dict.__delitem__  # type: ignore[assignment]

    def __dir__(self) -> list[str]:
        return list(self.keys())

    def __repr__(self) -> str:
        width = max(map(len, self), default=0)
        return "\n".join(f"{key:>{width}}: {value!r}" for key, value in self.items())


def result_class() -> Any:
    """SciPy's class of results where it is there already: its import takes 200 ms and more."""
    optimize = sys.modules.get("scipy.optimize")
    return getattr(optimize, "OptimizeResult", OptimizeResult)


def minimize(
    fun: Callable[..., Any],
    x0: Any,
    args: tuple[Any, ...] = (),
    method: str = "tunneling",
    jac: Callable[..., Any] | bool | None = None,
    *,
    bounds: Any = None,
    constraints: Any = (),
    violation: Callable[..., Any] | None = None,
    integrality: Any = None,
    vectorized: bool = False,
    callback: Callable[..., Any] | None = None,
    options: dict[str, Any] | None = None,
) -> OptimizeResult:
    """Minimise a function of several variables.

    Parameters
    ----------
    fun : callable
        ``fun(x, *args) -> float`` with ``x`` an array of shape (n,). It may return ``inf`` for a point that cannot be
        had, and must not return NaN.
    x0 : array_like, shape (n,)
        Where to start, within the bounds.
    args : tuple, optional
        Further arguments of ``fun``, ``jac`` and ``violation``.
    method : str, default 'tunneling'
        An optimizer of the catalogue: ``qhost.components('optimizer')``.
    jac : callable or True, optional
        ``jac(x, *args) -> array of shape (n,)``; True: ``fun`` returns value and gradient. Methods that need none make
        no use of it.
    bounds : sequence of (min, max), or scipy.optimize.Bounds, optional
        None or an infinity: no bound. A variable whose bounds are equal stays where it is.
    constraints : dict, LinearConstraint or NonlinearConstraint of SciPy, or a sequence of them, optional
        Points that break one are worse than all that break none.
    violation : callable, optional
        ``violation(x, *args) -> float``: 0 where ``x`` is feasible, else how far it is from that. Adds to
        ``constraints``.
    integrality : int or array_like of int, optional
        For each variable 0: real; 1: a whole number; 2: a category without order, 0 to the upper bound. Whole numbers
        and categories need finite bounds.
    vectorized : bool, default False
        Whether ``fun`` (and ``violation``) takes ``x`` of shape (n, S) and returns (S,), as in
        ``scipy.optimize.differential_evolution``. ``x`` then is the library's memory and read-only: copy what is to be
        kept after the call.
    callback : callable, optional
        ``callback(intermediate_result)`` with the best ``x`` and ``fun`` so far, or ``callback(xk)``, after each query
        of the method. ``StopIteration`` ends the search.
    options : dict, optional
        ``maxfev`` : int, default 10000 unless ``maxtime`` is given. Never exceeded.
        ``maxtime`` : float, seconds.
        ``ftarget`` : float, where to stop.
        ``seed`` : int, default 1. The same seed gives the same points.
        ``scale`` : float or array, how far variables lie from their start (a quarter of the bounds, or 1).
        ``threads`` : int, of the method itself.
        ``constraint_tolerance`` : float, default 1e-6, of equalities.
        ``disp`` : bool, prints the message.
        All others are parameters of the method: ``print(qhost.component('optimizer', method))`` lists them.

    Returns
    -------
    OptimizeResult

    Raises
    ------
    UsageError
        A ValueError, for what does not go together.
    Exception
        Whatever ``fun`` raises, with a PluginError that says where as its cause.
    """
    from ._search import Search

    search = Search(
        fun, x0, args, jac, bounds, constraints, violation, integrality, vectorized, callback,
        dict(options or {}))
    found = search.run(method)
    if search.options.get("disp"):
        print(found.message)
    return found


class Minimizer:
    """A method for ``scipy.optimize.minimize(..., method=...)``."""

    def __init__(self, name: str, **options: Any) -> None:
        self.component = component("optimizer", name)
        self.name = name
        self.options = options
        self.__doc__ = str(self.component)

    def __call__(
        self, fun: Callable[..., Any], x0: Any, args: tuple[Any, ...] = (), *, jac: Any = None,
        hess: Any = None, hessp: Any = None, bounds: Any = None, constraints: Any = (),
        callback: Callable[..., Any] | None = None, tol: float | None = None, **options: Any,
    ) -> OptimizeResult:
        for name, value in (("hess", hess), ("hessp", hessp), ("tol", tol)):
            if value is not None:
                raise UsageError(f"{name} has no meaning for method '{self.name}'; leave it out")
        extra = {k: options.pop(k) for k in ("vectorized", "integrality", "violation") if k in options}
        return minimize(
            fun, x0, args, self.name, jac if callable(jac) or jac is True else None, bounds=bounds,
            constraints=constraints, callback=callback, options={**self.options, **options}, **extra)

    def __repr__(self) -> str:
        return f"qhost.minimizer({self.name!r})"


def minimizer(method: str = "tunneling", **options: Any) -> Minimizer:
    """Make a method for SciPy's own ``minimize``.

    Parameters
    ----------
    method : str, default 'tunneling'
        An optimizer of the catalogue.
    **options
        As for ``qhost.minimize``; those of the call come before them.

    Returns
    -------
    Minimizer
        ``scipy.optimize.minimize(fun, x0, method=qhost.minimizer('tunneling'))``; ``help()`` of it lists the
        parameters.
    """
    return Minimizer(method, **options)


def request(method: str, options: dict[str, Any]) -> dict[str, Any]:
    """What the library is asked, from the options of SciPy's kind."""
    most = options.get("maxfev", options.get("maxfun"))
    if most is not None and (int(most) != most or most < 1):
        raise UsageError(f"maxfev cannot be {most!r}: it must be a whole number of at least 1")
    if "maxiter" in options:
        raise UsageError("maxiter has no meaning for methods of qhost; give maxfev")
    seed = int(options.get("seed", 1))
    if not 0 <= seed < 2**64:
        raise UsageError(f"seed cannot be {seed}: it must be a whole number from 0 to 2**64 - 1")
    asked: dict[str, Any] = {
        "optimizer": method, "seed": seed,
        "settings": [
            setting(f"optimizer.{name}", value) for name, value in options.items()
            if name not in OWN_OPTIONS
        ],
    }
    if method in ("python", "qhost.python") and "python" not in options:
        # A class in Python belongs to the Python that asks for it.
        asked["settings"].append(setting("optimizer.python", sys.executable))
    for name, value in (
        ("max_evaluations", None if most is None else int(most)),
        ("max_seconds", options.get("maxtime")), ("until_loss", options.get("ftarget")),
        ("threads", options.get("threads")),
    ):
        if value is not None:
            asked[name] = value
    return asked


def result(found: dict[str, Any], x: Any) -> OptimizeResult:
    """What the library said, in SciPy's words."""
    import math

    status, message = _MESSAGES[found["stop_reason"]]
    loss, violation = float(found["loss"]), float(found["violation"])
    feasible = math.isfinite(loss) and violation == 0
    if not feasible and status != 99:
        status, message = 3, "No point was found that is feasible and finite."
    return result_class()(
        x=x, fun=loss, success=feasible and status != 99, status=status, message=message,
        nfev=found["evaluations"], njev=found["gradients"], nit=found["queries"],
        maxcv=violation, seconds=found["seconds"],
        optimizer_seconds=found["optimizer_seconds"], optimizer=found["optimizer"])
