"""What higher rooms know: a lower room declares a signal and sends it; receivers of higher rooms return values.

This is the one way for a lower room to learn what a higher room knows. Each app connects its receivers in `ready()`.
"""

from typing import Any

from django.dispatch import Signal


def collect_return_values(signal: Signal, **facts: Any) -> list[Any]:
    """What each receiver returned, in the order in which they were connected. An error in one is raised."""
    return [value for _, value in signal.send(sender=None, **facts)]
