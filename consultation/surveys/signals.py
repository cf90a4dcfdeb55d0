"""What a consultation's page asks the rooms above it. Their receivers are in consultation.surveys.receivers."""

from django.dispatch import Signal

# (page, user): the context of an editor panel, or None to hide the panel.
guide_panel_drawn = Signal()
checks_panel_drawn = Signal()
# (form): receivers add errors to the editor's form of a draft that is submitted for approval.
draft_submitted = Signal()
# (page): sentences that say why this draft may not go live.
publication_requested = Signal()
# (page, revision): an approved draft whose go-live date has come waits for a publication condition.
opening_postponed = Signal()
