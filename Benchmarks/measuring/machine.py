"""What the figures were measured on."""

import os
import platform
import shutil
from datetime import datetime, timezone

from measuring.programs import compiled, output


def description() -> dict[str, str]:
    """Machine, compilers and load, as names and texts."""
    facts = {
        "time": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": platform.platform(),
        "load at the start": ", ".join(f"{load:.1f}" for load in os.getloadavg()),
    }
    for name in ("swift", "clang", "cc"):
        if shutil.which(name):
            facts[name] = output([name, "--version"]).splitlines()[0]
    facts["one core"] = _core()
    return facts


def warning() -> str:
    """A remark when other programs are at work: figures of a busy machine are no baseline."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load <= cores / 2:
        return ""
    return f"warning: the load is {load:.1f} on {cores} cores; trust the column 'least', if any\n"


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def _core() -> str:
    try:
        return output([compiled("core.c", "core", "-march=native")]).strip()
    except RuntimeError as failure:
        return str(failure)
