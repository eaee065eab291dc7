"""Peers from the Python package index, in a virtual environment of their own."""

from functools import cache

from measuring.figure import Contender
from measuring.programs import FOLDER, milliseconds, output

PYTHON = FOLDER / ".venv/bin/python"
# Matrices here are small: threads of a peer's BLAS only cost it time.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@cache
def absence(module: str) -> str:
    """Why a module cannot be measured; empty when it can."""
    if not PYTHON.exists():
        return "not installed: no Benchmarks/.venv, see README.md"
    try:
        output([PYTHON, "-c", f"import importlib.util as u; u.find_spec('{module}').name"])
    except RuntimeError:
        return f"not installed: {module}"
    return ""


def script(name: str, module: str, file: str, *arguments) -> Contender:
    """A peer whose script in peers/ prints one number."""
    missing = absence(module)
    if missing:
        return Contender(name, missing=missing)
    command = [PYTHON, FOLDER / "peers" / file, *arguments]
    return Contender(name, lambda: float(output(command, ENVIRONMENT)))


def start_up(name: str, module: str, code: str) -> Contender:
    """A peer whose time is that of a Python process with a line of code."""
    missing = absence(module)
    if missing:
        return Contender(name, missing=missing)
    return Contender(name, lambda: milliseconds([PYTHON, "-c", code], ENVIRONMENT))


def versions() -> list[str]:
    """The installed packages with their versions."""
    if not PYTHON.exists():
        return []
    return output([PYTHON, "-m", "pip", "freeze"]).split()
