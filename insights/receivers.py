"""Signal receivers of insights: withdrawal, recall and release of answers, and what a migration installs."""

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from django.dispatch import receiver

from consultation.responses.signals import quoting_refused, response_withdrawn, text_recalled
from consultation.surveys.signals import codebooks_asked
from insights.coding.agreement import strategy_provisions as of_agreement  # noqa: F401
from insights.coding.agreement.publicly_coded_texts import public_texts_asked
from insights.coding.codebooks import strategy_provisions as of_codebooks  # noqa: F401
from insights.coding.codebooks.marked_phrases import remove_rare_phrases
from insights.coding.codebooks.recoding import clear_split_questions
from insights.coding.desk.actions import remove_sets_with_words_of
from insights.coding.learning.actions import forget_learned_text
from insights.coding.models import Codebook, CodingStatus
from insights.commitments import late_commitments  # noqa: F401  (adds to the late promises)
from insights.commitments import strategy_provisions as of_commitments  # noqa: F401  (declares provisions)
from insights.corpus.actions import forget_respondent, forget_text, stop_quoting_respondent
from insights.corpus.models import Text
from insights.decisions import strategy_provisions as of_decisions  # noqa: F401
from insights.decisions import triggers
from insights.decisions.agencies import action_plan_proofs as of_agencies  # noqa: F401  (registers its ledger proofs)
from insights.decisions.erasures import destroy_quote_keys
from insights.decisions.outcomes import outcome_proofs as of_polls  # noqa: F401  (registers its ledger proofs)
from insights.decisions.outcomes import triggers as of_outcomes
from insights.decisions.unanswered import dismissal_proofs  # noqa: F401  (registers its ledger proofs)
from insights.evaluations import strategy_provisions as of_evaluations  # noqa: F401
from insights.exports import recall_register
from insights.exports.pdf.actions import forget_papers
from insights.publications import overdue_answers  # noqa: F401  (adds to the late promises)
from insights.publications import strategy_provisions as of_results  # noqa: F401
from insights.quarter_counts import strategy_provisions as of_places  # noqa: F401
from insights.releases import strategy_provisions as of_releases  # noqa: F401
from insights.releases.actions import erase_quotes
from insights.releases.minority_views.actions import remove_text_from_minority_views
from insights.releases.models import Quote
from insights.representation import strategy_provisions as of_representation  # noqa: F401
from insights.search import index_schema
from insights.strategy.assessment import strategy_provisions as of_assessments  # noqa: F401
from insights.strategy.coverage import strategy_provisions as of_coverage  # noqa: F401
from insights.workspace import strategy_provisions as of_planners  # noqa: F401


def forget_withdrawn_respondent(*, respondent, **_):
    forget_respondent(respondent)


def forget_recalled_text(*, answer, **_):
    """The recall is recorded before the text is deleted: afterwards nothing links the text to releases and exports."""
    recall_register.record_recall(answer)
    forget_text(answer)


def erase_refused_quotes(*, respondent, **_):
    """Their words stay coded and counted; the quotes of them go, and the PDFs that hold these."""
    for text in stop_quoting_respondent(respondent):
        _erase_quotes_of_text(text)


def _erase_quotes_of_text(text):
    forget_papers(text=text)
    destroy_quote_keys(text=text)
    erase_quotes(text=text)


def erase_traces_of_text(*, instance, **_):
    """A deleted text takes along: PDFs and quotes that hold it, its key in the ledger, minority views that rest on it
    alone, what models learned from it, and saved words that nobody else wrote."""
    _erase_quotes_of_text(instance)
    remove_text_from_minority_views(text=instance)
    forget_learned_text(instance)
    remove_sets_with_words_of(instance)


def remove_phrases_of_text(*, instance, **_):
    """Only when it is deleted, with all that are deleted at once: what the others say is counted without them."""
    remove_rare_phrases(instance.text)


def end_recoding_request(*, instance, **_):
    clear_split_questions(instance.text_id)


@receiver(public_texts_asked, dispatch_uid="insights-public-texts")
def publicly_quoted_texts(sender, **_):
    public = Quote.objects.for_the_public().filter(release__status="published", source_text__isnull=False)
    return public.values("source_text")


@receiver(codebooks_asked, dispatch_uid="insights-codebooks")
def list_codebooks(sender, **_):
    """The codebooks that the consultation editor offers."""
    return list(Codebook.objects.order_by("name", "pk").values_list("slug", "name"))


post_save.connect(end_recoding_request, sender=CodingStatus, dispatch_uid="insights-choice-made")
post_delete.connect(end_recoding_request, sender=CodingStatus, dispatch_uid="insights-choice-gone")
response_withdrawn.connect(forget_withdrawn_respondent, dispatch_uid="insights-withdrawn")
quoting_refused.connect(erase_refused_quotes, dispatch_uid="insights-quoting-refused")
text_recalled.connect(forget_recalled_text, dispatch_uid="insights-recalled")
pre_delete.connect(erase_traces_of_text, sender=Text, dispatch_uid="insights-text-goes")
post_delete.connect(remove_phrases_of_text, sender=Text, dispatch_uid="insights-text-gone")
post_migrate.connect(
    index_schema.install_after_migrate, sender=apps.get_app_config("insights"), dispatch_uid="insights-search"
)
post_migrate.connect(
    triggers.install_after_migrate, sender=apps.get_app_config("insights"), dispatch_uid="insights-decisions-kept"
)
post_migrate.connect(
    of_outcomes.install_after_migrate, sender=apps.get_app_config("insights"), dispatch_uid="insights-outcomes-kept"
)
