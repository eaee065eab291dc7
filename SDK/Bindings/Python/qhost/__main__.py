"""``python -m qhost run --optimizer tunneling``."""

from ._program import main

main()
