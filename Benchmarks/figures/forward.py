"""Forward passes of `mlp` on one core beside OpenBLAS for the same products."""

import shutil
from collections import deque

from measuring.figure import Contender, Figure
from measuring.host import Host
from measuring.peers import script
from measuring.programs import compiled, output

NETWORKS = ["196,12,8,10", "784,100,10"]
ROWS, BLOCK, ROUNDS = 8192, 1024, 15
WAYS = [
    "qhost mlp, with biases and tanh, blocks of 1,024",
    "OpenBLAS, all rows at once",
    "OpenBLAS, blocks of 1,024",
    "OpenBLAS, rows first, all at once",
    "OpenBLAS, rows first, blocks of 1,024",
]


def figures(host: Host) -> list[Figure]:
    """One figure for each network."""
    return [_figure(host, widths) for widths in NETWORKS]


def _figure(host: Host, widths: str) -> Figure:
    ways = _Ways(host, widths)
    contenders = [
        Contender(name, missing=ways.missing) if ways.missing
        else Contender(name, lambda index=index: ways.sample(index))
        for index, name in enumerate(WAYS)
    ]
    newer = script("NumPy with its own OpenBLAS", "numpy", "forward_numpy.py", widths, ROWS)
    return Figure(
        f"forward-{widths.replace(',', '-')}",
        f"mlp forward, {widths.replace(',', '-')}, {ROWS:,} rows", "GFLOP/s", asked_part=0.7,
        own=contenders[:1], peers=contenders[1:] + [newer])


class _Ways:
    """All ways are measured in turn by one start of the program; each takes its number of it."""

    def __init__(self, host: Host, widths: str) -> None:
        self.missing = ""
        self._numbers = [deque() for _ in WAYS]
        try:
            program = compiled("forward.c", "forward", *_openblas())
        except RuntimeError as failure:
            self.missing = str(failure)
            return
        library = host.program.parent / "libqhost-neural-models.so"
        self._command = [program, library, widths, ROWS, BLOCK, ROUNDS]

    def sample(self, index: int) -> float:
        if not self._numbers[index]:
            text = output(self._command, _core_type())
            for numbers, word in zip(self._numbers, text.split()):
                numbers.append(float(word))
        return self._numbers[index].popleft()


def _openblas() -> list[str]:
    if shutil.which("pkg-config") is None:
        raise RuntimeError("no pkg-config to find OpenBLAS with; install pkg-config")
    return output(["pkg-config", "--cflags", "--libs", "openblas"]).split() + ["-ldl"]


def _core_type() -> dict[str, str]:
    """As the host does: OpenBLAS 0.3.21 does not know newer cores with AVX-512."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        has_avx512 = "avx512f" in file.read()
    core = {"OPENBLAS_CORETYPE": "SKYLAKEX"} if has_avx512 else {}
    return {**core, "OPENBLAS_NUM_THREADS": "1"}
