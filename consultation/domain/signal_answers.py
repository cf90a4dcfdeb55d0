"""Answers from above: a lower room declares a signal and asks it; receivers of higher rooms answer.

This is the one way for a lower room to learn what a higher room knows. Each app connects its receivers in `ready()`.
"""

from typing import Any

from django.dispatch import Signal


def collect_answers(signal: Signal, **facts: Any) -> list[Any]:
    """The answers of all receivers, in the order in which they were connected. An error in one is raised."""
    return [answer for _, answer in signal.send(sender=None, **facts)]
