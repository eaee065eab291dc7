"""Train, compare and deploy small models with quantum-inspired methods.

>>> import qhost
>>> result = qhost.minimize(lambda x: ((x - 1) ** 2).sum(), [4.0, 4.0], bounds=[(-5, 5)] * 2)
>>> result.success
True

What is here is looked up when it is first used: ``import qhost`` imports neither NumPy nor the library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "Component": "catalogue",
    "Dependency": "catalogue",
    "Parameter": "catalogue",
    "component": "catalogue",
    "components": "catalogue",
    "configure": "_library",
    "host_version": "_library",
    "DataError": "errors",
    "PluginError": "errors",
    "QHostError": "errors",
    "UsageError": "errors",
    "OptimizeResult": "optimize",
    "minimize": "optimize",
    "minimizer": "optimize",
    "Fit": "models",
    "Model": "models",
    "fit": "models",
    "load_model": "models",
    "TunnelingClassifier": "estimators",
    "TunnelingRegressor": "estimators",
    "Comparison": "comparing",
    "compare": "comparing",
    "run_program": "comparing",
}

__all__ = [
    "Comparison", "Component", "DataError", "Dependency", "Fit", "Model", "OptimizeResult",
    "Parameter", "PluginError", "QHostError", "TunnelingClassifier", "TunnelingRegressor",
    "UsageError", "compare", "component", "components", "configure", "fit", "host_version",
    "load_model", "minimize", "minimizer", "run_program",
]

if TYPE_CHECKING:
    from ._library import configure, host_version
    from .catalogue import Component, Dependency, Parameter, component, components
    from .comparing import Comparison, compare, run_program
    from .errors import DataError, PluginError, QHostError, UsageError
    from .estimators import TunnelingClassifier, TunnelingRegressor
    from .models import Fit, Model, fit, load_model
    from .optimize import OptimizeResult, minimize, minimizer


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'qhost' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_HOMES))
