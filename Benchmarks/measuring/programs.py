"""Starts programs, times them, and builds the small C programs of Sources/."""

import os
import resource
import shutil
import subprocess
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
ROOT = FOLDER.parent
BUILD = FOLDER / ".build-programs"


def output(command: list, environment: dict | None = None) -> str:
    """What a program prints. RuntimeError, with its last words, when it fails."""
    done = subprocess.run(
        [str(word) for word in command], env={**os.environ, **(environment or {})},
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise RuntimeError(f"'{Path(command[0]).name}' failed: {words[-1]}")
    return done.stdout


def milliseconds(command: list, environment: dict | None = None) -> float:
    """The time of a program from its start to its exit."""
    start = time.perf_counter()
    output(command, environment)
    return (time.perf_counter() - start) * 1e3


def processor_seconds(command: list, environment: dict | None = None) -> float:
    """The processor time of a program and of what it starts, of the user and of the system."""
    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    output(command, environment)
    return spent() - before


def compiled(source: str, name: str, *flags: str) -> Path:
    """The path of a C program of Sources/, compiled anew. RuntimeError when that fails."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler is None:
        raise RuntimeError("no C compiler; install gcc, or put Swift's clang on the PATH")
    BUILD.mkdir(exist_ok=True)
    target = BUILD / name
    output([
        compiler, "-std=gnu11", "-O2", "-Wall", "-Wextra", "-I", ROOT / "SDK/C/include",
        FOLDER / "Sources" / source, "-o", target, *flags])
    return target
