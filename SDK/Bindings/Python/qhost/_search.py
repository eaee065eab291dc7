"""One search: the caller's function as callbacks of the library."""

from __future__ import annotations

import ctypes
import json
import signal
import sys
import threading
from ctypes import byref, c_double, c_void_p
from typing import Any, Callable

import numpy as np

from . import _library
from ._constraints import violation_of
from ._library import FAIL, GO_ON, GRADIENT, LOSSES, STOP, Function
from ._variables import Variables
from .errors import PluginError, UsageError
from .optimize import OptimizeResult, request, result, result_class


class Search:
    """A function, its variables, and what came of calling it."""

    def __init__(
        self, fun: Callable[..., Any], x0: Any, args: tuple[Any, ...], jac: Any, bounds: Any,
        constraints: Any, violation: Callable[..., Any] | None, integrality: Any, vectorized: bool,
        callback: Callable[..., Any] | None, options: dict[str, Any],
    ) -> None:
        if not callable(fun):
            raise TypeError(f"the objective must be callable, and {fun!r} is not")
        self.options = options
        self.args = args if isinstance(args, tuple) else (args,)
        self.vectorized = vectorized
        self.callback = callback
        self.error: BaseException | None = None
        self.evaluations = 0
        self.best_fun, self.best_violation = np.inf, np.inf
        self._inside = False
        self._interrupted = False
        self._stop: int | None = None
        self.variables = Variables(x0, bounds, integrality, options.get("scale"))
        self.fun, self.jac = fun, jac
        self.violation = violation_of(
            constraints, violation, self.args, float(options.get("constraint_tolerance", 1e-6)))
        if jac is True and vectorized:
            raise UsageError("jac=True does not go with vectorized=True; give jac as a function")
        self._views: dict[tuple[int, int], tuple[Any, Any]] = {}
        self._numbers: dict[tuple[int, int], Any] = {}
        self._passes_result = callback is not None and _names(callback) == ["intermediate_result"]

    # The run.

    def run(self, method: str) -> OptimizeResult:
        """Searches to the end."""
        asked = request(method, self.options)
        if self.variables.size == 0:
            return self._only_point()
        library = _library.library()
        losses = LOSSES(self._scores if self.vectorized or self.violation else self._one_by_one())
        gradient = GRADIENT(self._gradient) if self.jac else GRADIENT()
        function = Function(
            ctypes.sizeof(Function), None, losses, gradient, int(self.violation is not None), 0)
        space = self.variables.space()
        point = np.empty(self.variables.size)
        out = c_void_p()
        self._stop = library.libqhost_stop_new()
        handler = self._take_interrupts()
        try:
            status = library.libqhost_minimize(
                byref(function), byref(space), json.dumps(asked).encode(), self._stop,
                point.ctypes.data, byref(out))
        finally:
            if handler is not None:
                signal.signal(signal.SIGINT, handler)
            library.libqhost_stop_free(self._stop)
            self._stop = None
            self._views.clear()
            self._numbers.clear()
        if self._interrupted:
            if out.value:
                _library.take(out)
            raise KeyboardInterrupt
        if self.error is not None:
            if out.value:
                _library.take(out)
            self._raise(self.error)
        _library.check(status)
        return result(json.loads(_library.take(out)), self.variables.whole(point))

    def _raise(self, error: BaseException) -> None:
        self.error = None
        if error.__cause__ is None and not isinstance(error, (KeyboardInterrupt, SystemExit)):
            error.__cause__ = PluginError(
                f"the objective failed at evaluation {self.evaluations}; see the exception for why")
        raise error

    def _only_point(self) -> OptimizeResult:
        """Where all variables are fixed there is one point to call."""
        call = self.fun(self.variables.x0[:, None] if self.vectorized else self.variables.x0.copy(), *self.args)
        loss = float(np.asarray(call[0] if self.jac is True else call).reshape(()))
        violation = 0.0
        if self.violation:
            violation = float(self.violation(self.variables.x0[None], self.vectorized)[0])
        return result_class()(
            x=self.variables.x0.copy(), fun=loss, success=bool(np.isfinite(loss) and violation == 0), status=0,
            message="All variables are fixed.", nfev=1, njev=0, nit=0, maxcv=violation)

    def _take_interrupts(self) -> Any:
        """Has Ctrl-C end the search in order, wherever it comes.

        Python would raise in a callback before its first line, where ctypes can only print it. So it raises where the
        caller's function runs, and elsewhere is kept until the library has returned.
        """
        if threading.current_thread() is not threading.main_thread():
            return None
        before = signal.getsignal(signal.SIGINT)
        if before is not signal.default_int_handler:
            return None

        def handle(_number: int, _frame: Any) -> None:
            if self._inside:
                self._inside = False
                raise KeyboardInterrupt
            self._interrupted = True
            if self._stop is not None:
                _library.library().libqhost_stop_request(self._stop)

        signal.signal(signal.SIGINT, handle)
        return before

    # The callbacks.

    def _points(self, address: int, count: int) -> tuple[Any, Any]:
        """The library's points [count x n] as an array, which is kept for when they lie there again; and its memory."""
        key = (address, count)
        found = self._views.get(key)
        if found is None:
            memory = (c_double * (count * self.variables.size)).from_address(address)
            view = np.frombuffer(memoryview(memory).cast("B")).reshape(count, self.variables.size)
            view.flags.writeable = False
            found = self._views[key] = (view, memory)
        return found

    def _room(self, address: int, count: int) -> Any:
        key = (address, count)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = (c_double * count).from_address(address)
        return found

    def _one_by_one(self) -> Callable[..., int]:
        """The usual objective as a callback, one point after the other.

        It is called once for each evaluation by most methods, so what it looks up are its own variables.
        """
        fun, args, is_pair, minus = self.fun, self.args, self.jac is True, -np.inf
        views: dict[int, Any] = {}
        rooms: dict[int, Any] = {}
        is_whole, is_told = self.variables.fixed is None, self.callback is not None

        def losses(_context: None, points: int, count: int, out: int, _violations: None) -> int:
            try:
                if count == 1 and is_whole:
                    view = views.get(points)
                    if view is None:
                        view = views[points] = self._points(points, 1)[0][0]
                    block = (view.copy(),)
                    room = rooms.get(out)
                    if room is None:
                        room = rooms[out] = self._room(out, 1)
                else:
                    block = self.variables.whole(self._points(points, count)[0])
                    room = self._room(out, count)
                place = 0
                for x in block:
                    self._inside = True
                    value = fun(x, *args)
                    self._inside = False
                    self.evaluations += 1
                    if is_pair:
                        value = value[0]
                    if type(value) is not float:
                        value = self._number(value)
                    if value != value or value == minus:
                        raise self._bad(value, x)
                    room[place] = value
                    place += 1
                    if is_told and value < self.best_fun:
                        # The function may have changed its own x.
                        point = self._points(points, count)[0][place - 1]
                        self.best_fun, self.best = value, self.variables.whole(point)
                if self._interrupted:
                    return FAIL
                return self._tell() if is_told else GO_ON
            except BaseException as error:
                self._inside = False
                self.error = error
                return FAIL

        return losses

    def _scores(
        self, _context: None, points: int, count: int, losses: int, violations: int | None
    ) -> int:
        """Several points at once, or points with constraints."""
        try:
            view = self._points(points, count)[0]
            block = view if self.variables.fixed is None else self.variables.whole(view)
            held = self._references(view)
            values = self._values(block, count)
            self.evaluations += count
            broken = np.zeros(count)
            if self.violation:
                self._inside = True
                broken = self.violation(block if self.vectorized else block.copy(), self.vectorized)
                self._inside = False
            if self.vectorized and self._references(view) != held:
                raise RuntimeError(
                    "the vectorised objective keeps a view of x, which is the library's memory and is about to "
                    "change; keep x.copy()")
            bad = np.flatnonzero(np.isnan(values) | (values == -np.inf))
            if bad.size:
                raise self._bad(values[bad[0]], block[bad[0]])
            bad = np.flatnonzero(~(broken >= 0))
            if bad.size:
                raise ValueError(
                    f"the violation is {broken[bad[0]]} at x = {block[bad[0]]}; it must be 0 where all "
                    "constraints hold, and above 0 elsewhere")
            self._room(losses, count)[:] = values.tolist()
            if violations:
                self._room(violations, count)[:] = broken.tolist()
            self._note(block, values, broken)
            if self._interrupted:
                return FAIL
            return GO_ON if self.callback is None else self._tell()
        except BaseException as error:
            self._inside = False
            self.error = error
            return FAIL

    def _values(self, block: Any, count: int) -> Any:
        if not self.vectorized:
            return np.array([self._one(x) for x in block.copy()])
        self._inside = True
        values = np.array(self.fun(block.T, *self.args), dtype=np.float64)
        self._inside = False
        if values.shape != (count,):
            raise ValueError(
                f"the vectorised objective returned an array of shape {values.shape} for {count} points in the "
                f"columns of x {block.T.shape}; return one of shape ({count},)")
        return values

    def _one(self, x: Any) -> float:
        self._inside = True
        value = self.fun(x, *self.args)
        self._inside = False
        return self._number(value[0] if self.jac is True else value)

    def _references(self, view: Any) -> tuple[int, ...]:
        """How often a view of the library's memory and what it is a view of are held; () where that says nothing."""
        if not getattr(sys, "_is_gil_enabled", lambda: True)():
            return ()
        return sys.getrefcount(view), sys.getrefcount(view.base)

    def _note(self, block: Any, values: Any, broken: Any) -> None:
        place = np.lexsort((values, broken))[0]
        if (broken[place], values[place]) < (self.best_violation, self.best_fun):
            self.best_violation, self.best_fun = float(broken[place]), float(values[place])
            self.best = block[place].copy()

    def _gradient(self, _context: None, point: int, loss: int, gradient: int) -> int:
        try:
            x = self.variables.whole(self._points(point, 1)[0])[0]
            self._inside = True
            if self.jac is True:
                value, slope = self.fun(x, *self.args)
            else:
                value, slope = self.fun(x.copy(), *self.args), self.jac(x, *self.args)
            self._inside = False
            self.evaluations += 1
            value = self._number(value)
            slope = np.asarray(slope, dtype=np.float64)
            if slope.shape != self.variables.x0.shape:
                raise ValueError(
                    f"the gradient has the shape {slope.shape}, and x has {self.variables.x0.shape}; return one number for each "
                    "variable")
            if value != value or not np.isfinite(slope).all():
                raise ValueError(f"the objective is {value} and its gradient {slope} at x = {x}; both must be finite")
            self._room(loss, 1)[0] = value
            self._room(gradient, self.variables.size)[:] = slope[self.variables.free].tolist()
            if value < self.best_fun:
                self.best_fun, self.best = value, x
            if self._interrupted:
                return FAIL
            return GO_ON if self.callback is None else self._tell()
        except BaseException as error:
            self._inside = False
            self.error = error
            return FAIL

    def _tell(self) -> int:
        """Calls the callback with the best point so far."""
        assert self.callback is not None
        if not hasattr(self, "best"):
            return GO_ON
        x = self.best.copy()
        try:
            self._inside = True
            if self._passes_result:
                self.callback(intermediate_result=result_class()(x=x, fun=float(self.best_fun)))
            else:
                self.callback(x)
        except StopIteration:
            return STOP
        finally:
            self._inside = False
        return GO_ON

    # Values.

    def _number(self, value: Any) -> float:
        if isinstance(value, (float, int)):
            return float(value)
        array = np.asarray(value)
        if array.size != 1:
            raise ValueError(
                f"the objective returned an array of shape {array.shape} for one point; return one number")
        return float(array.reshape(()))

    def _bad(self, value: float, x: Any) -> ValueError:
        return ValueError(
            f"the objective is {value} at x = {np.array2string(x, threshold=8)}; return inf for a point that "
            "cannot be had")


def _names(function: Callable[..., Any]) -> list[str]:
    import inspect

    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []
