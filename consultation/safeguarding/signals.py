"""Signals to the rooms above safeguarding."""

from django.dispatch import Signal

# Sent inside the transaction: a case was reopened, so its answer must return to triage, whatever its state. kwargs
# `answer`, `by`.
answer_recalled = Signal()
case_claimed = Signal()  # sent inside the transaction: a lead has it. kwargs `answer`, its id
# Sent inside the transaction: a case was closed as a false positive. kwargs `answer`, `now`.
answer_returned = Signal()
warnings_asked = Signal()  # -> a sentence for readers and leads, or "": nobody may rely on what runs by itself
lead_context_asked = Signal()  # kwargs lead -> {name: value} for every leads' page
reasons_asked = Signal()  # kwargs answers (their ids) -> {answer id: why it was brought to triage, in short labels}
# Sent inside the transaction: a person's work here ends for now (leave, suspension, a role or an account that ends), so
# nothing may stay with them. kwargs `person`.
person_stopped = Signal()
timed_items_asked = Signal()  # -> TimedItems whose alerts may be due, beside safeguarding's own
board_items_asked = Signal()  # kwargs lead, now -> LeadBoardItems that wait, beside safeguarding's own
