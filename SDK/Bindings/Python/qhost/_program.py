"""The program as the command ``qhost`` of an installed wheel."""

import os
import sys

from ._library import program


def main() -> None:
    """Becomes the program, with the words of the command line."""
    path = program()
    # Classes in Python belong to this Python.
    os.environ.setdefault("QHOST_PYTHON", sys.executable)
    os.execv(path, [path, *sys.argv[1:]])
