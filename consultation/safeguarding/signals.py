"""What the reading desk, one layer up, must hear inside the same transaction."""

from django.dispatch import Signal

# A case was opened again: its answer goes back behind the door, whatever became of it. kwargs `answer`, `by`.
answer_called_back = Signal()
