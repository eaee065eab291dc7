"""libqhost through ctypes: its functions and structures, as libqhost.h has them."""

from __future__ import annotations

import ctypes
import os
import threading
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_double, c_int32, c_int64
from ctypes import c_uint64, c_void_p
from typing import Any

from .errors import BY_STATUS, QHostError

INTERFACE = 1
GO_ON, STOP, FAIL = 0, 1, 2
INTERRUPTED = 130

# Pointers come as plain numbers: that is the fastest that ctypes has.
LOSSES = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_int64, c_void_p, c_void_p)
GRADIENT = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p, c_void_p)
PROGRESS = CFUNCTYPE(c_int32, c_void_p, c_double, c_int64, c_double)
LOG = CFUNCTYPE(None, c_void_p, c_int32, c_char_p)


class Function(Structure):
    """libqhost_function"""

    _fields_ = [
        ("struct_size", c_uint64), ("context", c_void_p), ("losses", LOSSES),
        ("gradient", GRADIENT), ("has_violations", c_int32), ("reserved", c_int32),
    ]


class Space(Structure):
    """libqhost_space"""

    _fields_ = [
        ("struct_size", c_uint64), ("variable_count", c_int64), ("initial", c_void_p),
        ("lower", c_void_p), ("upper", c_void_p), ("kinds", c_void_p), ("scales", c_void_p),
    ]


class Rows(Structure):
    """libqhost_rows"""

    _fields_ = [("inputs", c_void_p), ("targets", c_void_p), ("row_count", c_int64)]


class Data(Structure):
    """libqhost_data"""

    _fields_ = [
        ("struct_size", c_uint64), ("is_classification", c_int32), ("extent_count", c_int32),
        ("extents", c_void_p), ("output_count", c_int64), ("train", Rows), ("validation", Rows),
        ("test", Rows),
    ]


_lock = threading.Lock()
_library: Any = None
_log_function: Any = None


def folder() -> str:
    """The folder of the library, the program and the plugins: in the wheel, or where QHOST_LIBRARY says."""
    return os.environ.get("QHOST_LIBRARY") or os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "_host")


def program() -> str:
    """The path of the program ``qhost``."""
    path = os.path.join(folder(), "qhost")
    if not os.access(path, os.X_OK):
        raise QHostError(
            f"there is no program {path!r}; install the wheel again, or set QHOST_LIBRARY to the folder "
            "of a build")
    return path


def library() -> Any:
    """The library, loaded at the first call."""
    global _library
    if _library is None:
        with _lock:
            if _library is None:
                _library = _load()
    return _library


def _load() -> Any:
    path = os.path.join(folder(), "libqhost.so")
    built = os.path.join(folder(), "libQHostLibrary.so")
    if not os.path.exists(path) and os.path.exists(built):
        path = built  # as a build leaves it
    if not os.path.exists(path):
        raise QHostError(
            f"there is no library {path!r}; install the wheel again, or set QHOST_LIBRARY to the folder "
            "of a build")
    try:
        found = ctypes.CDLL(path)
    except OSError as error:
        raise QHostError(_why(str(error))) from error
    found.libqhost_interface.restype = c_int32
    if (has := found.libqhost_interface()) < INTERFACE:
        raise QHostError(
            f"{path!r} has version {has} of its interface and this package needs {INTERFACE}; install "
            "the same version of both")
    text, status = POINTER(c_void_p), c_int32
    for name, result, arguments in (
        ("version", c_char_p, ()),
        ("error", c_char_p, ()),
        ("free", None, (c_void_p,)),
        ("configure", status, (c_char_p,)),
        ("set_log", None, (LOG, c_void_p)),
        ("catalogue", status, (text,)),
        ("component", status, (c_char_p, c_char_p, text)),
        ("stop_new", c_void_p, ()),
        ("stop_request", None, (c_void_p,)),
        ("stop_free", None, (c_void_p,)),
        ("minimize", status,
         (POINTER(Function), POINTER(Space), c_char_p, c_void_p, c_void_p, text)),
        ("fit", status,
         (POINTER(Data), c_char_p, c_void_p, PROGRESS, c_void_p, text, text)),
        ("model_read", status, (c_char_p, c_uint64, text)),
        ("model_bytes", status, (c_void_p, text, POINTER(c_uint64))),
        ("model_describe", status, (c_void_p, text)),
        ("model_predict", status, (c_void_p, c_void_p, c_int64, c_void_p, c_void_p)),
        ("model_free", None, (c_void_p,)),
    ):
        function = getattr(found, f"libqhost_{name}")
        function.restype = result
        function.argtypes = arguments
    _listen(found)
    return found


def _why(message: str) -> str:
    """A sentence for what the loader said."""
    if "GLIBC_" in message or "GLIBCXX_" in message:
        return (f"this machine's C library is older than the one that the wheel is for ({message}); use a "
                "newer system, or build the wheel on this one with Scripts/build-wheel")
    return f"the library of qhost cannot be loaded: {message}"


def _listen(found: Any) -> None:
    """Sends the library's messages to the logger ``qhost``, on whatever thread they come."""
    global _log_function
    levels = (10, 20, 30, 40)

    def log(_context: int | None, level: int, message: bytes) -> None:
        import logging

        logging.getLogger("qhost").log(levels[level], "%s", message.decode(errors="replace"))

    _log_function = LOG(log)
    found.libqhost_set_log(_log_function, None)


def check(status: int) -> None:
    """Raises what a status other than 0 means."""
    if status == 0:
        return
    message = (library().libqhost_error() or b"").decode(errors="replace")
    raise BY_STATUS.get(status, QHostError)(message)


def take(pointer: c_void_p) -> str:
    """The text that was handed out; frees it."""
    try:
        return ctypes.string_at(pointer.value or 0).decode()
    finally:
        library().libqhost_free(pointer)


def asked(function: Any, *arguments: Any) -> Any:
    """The JSON that a function of the library hands out last."""
    import json

    out = c_void_p()
    check(function(*arguments, byref(out)))
    return json.loads(take(out))


def configure(
    *, plugins: list[str] | None = None, threads: int | None = None, isolate: bool = True
) -> None:
    """Set the library up, before anything else is used.

    Parameters
    ----------
    plugins : list of str, optional
        Folders to look for plugins in first.
    threads : int, optional
        Threads of a run; the processors that there are, by default. Results do not depend on it.
    isolate : bool, default True
        Whether plugins that nobody trusts work in processes of their own.

    Raises
    ------
    UsageError
        Where plugins have been looked for already, or a value is out of range.
    """
    import json

    choices: dict[str, Any] = {"isolate": isolate}
    if plugins is not None:
        choices["plugins"] = [os.path.abspath(path) for path in plugins]
    if threads is not None:
        choices["threads"] = threads
    check(library().libqhost_configure(json.dumps(choices).encode()))


def host_version() -> str:
    """The version of the host in the library."""
    return library().libqhost_version().decode()
