"""What is measured: a figure with an asked value, and those who compete in it."""

from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Contender:
    """One program's way to do the same work.

    `sample` does the work once and gives the figure in its unit; `missing` says why there is none.
    """

    name: str
    sample: Callable[[], float] | None = None
    missing: str = ""


@dataclass
class Figure:
    """One figure: the value that is asked of qhost, and its contenders.

    `asked` is an upper limit in `unit`, or, where `asked_part` is set, qhost's rate must be at least
    that part of the best peer's. `asked` of None: shown for information.
    """

    key: str
    title: str
    unit: str
    asked: float | None = None
    asked_part: float | None = None
    own: list[Contender] = field(default_factory=list)
    peers: list[Contender] = field(default_factory=list)

    @property
    def is_rate(self) -> bool:
        """Whether more is better."""
        return self.asked_part is not None
