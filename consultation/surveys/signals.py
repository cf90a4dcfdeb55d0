"""Questions of the surveys to the rooms above: collect_answers asks them."""

from django.dispatch import Signal

codebooks_asked = Signal()  # -> [(slug, name)] of codebooks that a consultation can choose
linters_asked = Signal()  # -> a Linter, beside the linters of surveys
outcomes_asked = Signal()  # kwargs pages, language -> {page id: ConsultationOutcome} of closed consultations
preview_asked = Signal()  # kwargs content, language, switches -> the HTML of a draft as the public survey
publication_conditions_asked = Signal()  # kwargs page -> [BlockedReason]
