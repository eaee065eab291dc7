"""What there is: optimizers, solvers, models, datasets, targets, and their parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ._library import asked, library

KINDS = ("optimizer", "solver", "model", "dataset", "target")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a component."""

    name: str
    type: str
    documentation: str
    default: str | None
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None
    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        kind = "{" + ", ".join(self.choices) + "}" if self.choices else self.type
        default = "required" if self.default is None else f"default {self.default or repr('')}"
        limits = [
            f"{word} {value:g}"
            for word, value in (("at least", self.minimum), ("at most", self.maximum))
            if value is not None
        ]
        unit = f" Unit: {self.unit}." if self.unit else ""
        bounds = f" {', '.join(limits).capitalize()}." if limits else ""
        return f"{self.name} : {kind}, {default}\n    {self.documentation}{bounds}{unit}"


@dataclass(frozen=True)
class Dependency:
    """Another component that a component works with."""

    name: str
    kind: str
    default: str
    documentation: str


@dataclass(frozen=True)
class Component:
    """What a component says of itself."""

    kind: str
    name: str
    summary: str
    plugin: str
    vendor: str
    version: str
    path: str
    source: str | None = None
    parameters: tuple[Parameter, ...] = ()
    dependencies: tuple[Dependency, ...] = field(default=())

    def __str__(self) -> str:
        """Its documentation in NumPy's form, made from its parameters."""
        lines = [f"{self.kind} '{self.name}': {self.summary}"]
        if self.source:
            lines += ["", f"Source: {self.source}"]
        entries = [str(parameter) for parameter in self.parameters]
        entries += [
            f"{d.name} : name of a {d.kind}, default {d.default}\n    {d.documentation}"
            for d in self.dependencies
        ]
        if entries:
            lines += ["", "Parameters", "----------", *entries]
        return "\n".join(lines)


def components(kind: str | None = None) -> list[Component]:
    """List the components, without their parameters.

    Parameters
    ----------
    kind : {'optimizer', 'solver', 'model', 'dataset', 'target'}, optional
        Of one kind alone.

    Returns
    -------
    list of Component
    """
    listed = asked(library().libqhost_catalogue)["components"]
    return [Component(**entry) for entry in listed if kind is None or entry["kind"] == kind]


def component(kind: str, name: str) -> Component:
    """Look a component up, with its parameters.

    Parameters
    ----------
    kind : {'optimizer', 'solver', 'model', 'dataset', 'target'}
        What it is.
    name : str
        Its name, or ``vendor.name``.

    Returns
    -------
    Component
        ``print()`` shows its documentation.

    Raises
    ------
    UsageError
        Where there is none of that name; the message has the nearest one.
    """
    return _component(kind, name)


@lru_cache(maxsize=None)
def _component(kind: str, name: str) -> Component:
    entry: dict[str, Any] = asked(
        library().libqhost_component, kind.encode(), name.encode())["components"][0]
    parameters = tuple(
        Parameter(
            p["name"], p["type"], p["documentation"], p.get("default_value"), p.get("minimum"),
            p.get("maximum"), p.get("unit"), tuple(p.get("choices") or ()))
        for p in entry.pop("parameters"))
    dependencies = tuple(
        Dependency(d["name"], d["kind"], d["default_component"], d["documentation"])
        for d in entry.pop("dependencies"))
    return Component(**entry, parameters=parameters, dependencies=dependencies)


def setting(key: str, value: Any) -> str:
    """A parameter as the host reads it: ``key=value``."""
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, (list, tuple)):
        text = ",".join(str(item) for item in value)
    elif hasattr(value, "tolist") and not isinstance(value, str):
        listed = value.tolist()
        return setting(key, listed)
    else:
        text = str(value)
    return f"{key}={text}"


def settings(place: str, options: dict[str, Any] | None) -> list[str]:
    """The parameters of the component at a place, for example ``optimizer``."""
    return [setting(f"{place}.{name}", value) for name, value in (options or {}).items()]
