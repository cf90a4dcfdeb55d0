"""Signal receivers of insights: withdrawal, recall and release of answers, and what a migration installs."""

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete

from consultation import handover
from insights.agencies import proofs as of_agencies  # noqa: F401  (registers its ledger proofs)
from insights.coding.agreement import known
from insights.coding.codebooks.recoding import no_longer_asked
from insights.coding.desk.actions import forget_words
from insights.coding.learning.actions import forget_learned_from
from insights.coding.models import CodingStatus
from insights.decisions import triggers
from insights.decisions.erasures import forget_quote_keys
from insights.exports import recalls
from insights.exports.pdf.actions import forget_papers
from insights.intake.actions import forget_respondent, forget_text
from insights.intake.models import Text
from insights.outcomes import triggers as of_outcomes
from insights.reports.actions import erase_quotes
from insights.reports.models import Quote
from insights.reports.voices.actions import text_goes
from insights.search import schema
from insights.unheard import proofs  # noqa: F401  (registers its ledger proofs)


def on_withdrawn(*, respondent, **_):
    forget_respondent(respondent)


def on_recalled(*, answer, **_):
    """The recall is recorded before the text is deleted: afterwards nothing links the text to releases and exports."""
    recalls.note(answer)
    forget_text(answer)


def on_released(**_):
    from insights.intake.tasks import take

    take.enqueue()


def before_text_goes(*, instance, **_):
    """A deleted text takes along: PDFs and quotes that hold it, its key in the ledger, minority voices that rest on it
    alone, what models learned from it, and saved words that nobody else wrote."""
    forget_papers(text=instance)
    forget_quote_keys(text=instance)
    erase_quotes(text=instance)
    text_goes(text=instance)
    forget_learned_from(instance)
    forget_words(instance)


def on_a_persons_choice(*, instance, **_):
    no_longer_asked(instance.text_id)


def quoted_to_everyone():
    public = Quote.objects.for_the_public().filter(release__status="published", source_text__isnull=False)
    return public.values("source_text")


def connect():
    known.ask(quoted_to_everyone)
    post_save.connect(on_a_persons_choice, sender=CodingStatus, dispatch_uid="insights-choice-made")
    post_delete.connect(on_a_persons_choice, sender=CodingStatus, dispatch_uid="insights-choice-gone")
    handover.withdrawn.connect(on_withdrawn, dispatch_uid="insights-withdrawn")
    handover.text_recalled.connect(on_recalled, dispatch_uid="insights-recalled")
    handover.released_nudge.connect(on_released, dispatch_uid="insights-released")
    pre_delete.connect(before_text_goes, sender=Text, dispatch_uid="insights-text-goes")
    post_migrate.connect(
        schema.install_after_migrate, sender=apps.get_app_config("insights"), dispatch_uid="insights-search"
    )
    post_migrate.connect(
        triggers.install_after_migrate, sender=apps.get_app_config("insights"), dispatch_uid="insights-decisions-kept"
    )
    post_migrate.connect(
        of_outcomes.install_after_migrate,
        sender=apps.get_app_config("insights"),
        dispatch_uid="insights-outcomes-kept",
    )
