from django.dispatch import Signal

# With `entries`, oldest first. A capability that writes entries answers with the problems, in plain words, that it
# finds by comparing its tables with them.
proofs_asked = Signal()
