"""What insights does when consultation says that words were withdrawn, recalled or released."""

from django.db.models.signals import pre_delete

from consultation import handover
from insights.coding.learning.actions import forget_learned_from
from insights.decisions.actions import forget_quote_keys
from insights.exports import recalls
from insights.intake.actions import forget_respondent, forget_text
from insights.intake.models import Text
from insights.reports.actions import erase_quotes


def on_withdrawn(*, respondent, **_):
    forget_respondent(respondent)


def on_recalled(*, answer, **_):
    """Where the words stood is noted before they go: afterwards nothing can say it."""
    recalls.note(answer)
    forget_text(answer)


def on_released(**_):
    from insights.intake.tasks import take

    take.enqueue()


def before_text_goes(*, instance, **_):
    """Frozen quotes lose their words with the text, the ledger the key that could confirm them, and models what they
    learned from it."""
    forget_quote_keys(text=instance)
    erase_quotes(text=instance)
    forget_learned_from(instance)


def connect():
    handover.withdrawn.connect(on_withdrawn, dispatch_uid="insights-withdrawn")
    handover.text_recalled.connect(on_recalled, dispatch_uid="insights-recalled")
    handover.released_nudge.connect(on_released, dispatch_uid="insights-released")
    pre_delete.connect(before_text_goes, sender=Text, dispatch_uid="insights-text-goes")
