"""Signals about answers, for the rooms above."""

from django.dispatch import Signal

# Sent synchronously inside the transaction of a withdrawal: kwargs `respondent` (UUID).
response_withdrawn = Signal()
# Sent inside the transaction that takes one text back ("a name was left in", a concern): kwargs `answer` (UUID).
text_recalled = Signal()
# Sent inside the transaction of a repeated Send that takes back the yes to being quoted: kwargs `respondent` (UUID).
quoting_refused = Signal()
