"""Signals to the reading desk, a higher layer, sent inside the transaction."""

from django.dispatch import Signal

# A case was reopened: its answer must return to triage, whatever its state. kwargs `answer`, `by`.
answer_recalled = Signal()
