"""qhost as a contender."""

import json
import shutil
import tempfile
from pathlib import Path

from measuring.programs import ROOT, milliseconds, output, processor_seconds


class Host:
    """A release build of qhost, with folders of its own for cache and results."""

    def __init__(self) -> None:
        self.program = ROOT / ".build/release/qhost"
        self.folder = Path(tempfile.mkdtemp(prefix="qhost-benchmarks-"))
        self.environment = {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_STATE_HOME": str(self.folder / "state"),
        }
        self._components: list[dict] | None = None

    def build(self) -> None:
        """Builds the host and all plugins, unless that is done."""
        if shutil.which("swift") is None:
            if self.program.exists():
                return
            raise RuntimeError("no 'swift' to build qhost with; install Swift 6.2 or newer")
        output(["swift", "build", "--package-path", ROOT, "-c", "release"])

    def clean(self) -> None:
        """Removes its folders."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def milliseconds(self, *arguments: str, environment: dict | None = None) -> float:
        """The time of a command from start to exit."""
        return milliseconds(
            [self.program, *arguments], {**self.environment, **(environment or {})})

    def processor_seconds(self, *arguments: str) -> float:
        """The processor time of a run on one thread, from start to exit."""
        return processor_seconds(
            [self.program, "run", "--quiet", "--threads", "1", *arguments], self.environment)

    def cost(self, *arguments: str, environment: dict | None = None) -> dict:
        """The costs in the record of a run on one thread."""
        text = output(
            [self.program, "run", "--json", "--quiet", "--threads", "1", *arguments],
            {**self.environment, **(environment or {})})
        return json.loads(text)["cost"]

    def has(self, kind: str, name: str) -> bool:
        """Whether a component is built."""
        if self._components is None:
            text = output([self.program, "plugins", "--json"], self.environment)
            self._components = list(_components(json.loads(text)))
        return any(each["kind"] == kind and each["name"] == name for each in self._components)


def _components(value):
    """All objects with a kind and a name in a listing of plugins."""
    if isinstance(value, dict):
        if "kind" in value and "name" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _components(each)
