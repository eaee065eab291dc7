"""What can go wrong: each message is one sentence that says what, and what to do."""

from __future__ import annotations


class QHostError(Exception):
    """What the library could not do."""


class UsageError(QHostError, ValueError):
    """What was asked for does not exist, is out of range, or does not go together."""


class DataError(QHostError, ValueError):
    """Rows or a file that cannot be used."""


class PluginError(QHostError, RuntimeError):
    """A plugin failed, or a function of the caller's did."""


#: The exceptions by the status of ``libqhost.h``.
BY_STATUS = {2: UsageError, 4: PluginError, 5: DataError}
