"""Questions of the surveys to the rooms above (collect_return_values asks them), and three events."""

from django.dispatch import Signal

codebooks_asked = Signal()  # -> [(slug, name)] of codebooks that a consultation can choose
linters_asked = Signal()  # -> a Linter, beside the linters of surveys
outcomes_asked = Signal()  # kwargs pages, language -> {page id: ConsultationOutcome} of closed consultations
preview_asked = Signal()  # kwargs content, language, switches -> the HTML of a draft as the public survey
publication_conditions_asked = Signal()  # kwargs page -> [BlockedReason]
publication_blockers_asked = Signal()  # kwargs page -> sentences that say why this draft may not go live
guide_panel_asked = Signal()  # kwargs page, user -> the context of an editor panel, None to hide it
checks_panel_asked = Signal()  # the same
draft_submitted = Signal()  # kwargs form: receivers add errors to the form of a draft submitted for approval
opening_postponed = Signal()  # kwargs page, revision: an approved draft waits for a condition on its go-live date
panel_words_sent = Signal()  # kwargs panel_round, digest, words {question id: text}, language: of one member
