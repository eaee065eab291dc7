"""What all tests share."""

import signal

import pytest


@pytest.fixture(autouse=True)
def interrupts():
    """Ctrl-C is Python's own: a program that a shell started in the background ignores it from its start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
