"""Texts that await a coder: uncoded ones, and those asked about again after a theme was split."""

from django.db.models import Exists, OuterRef, Q

from insights.coding.models import Code, CodeSource


def _has_split_question():
    return Exists(Code.objects.filter(text=OuterRef("pk"), source=CodeSource.RULE))


def is_awaiting_coder():
    """A condition (Q) on Text: it awaits a coder. A row with `source=rule` is an open question, not a code."""
    return Q(status__isnull=True) | _has_split_question()


def texts_awaiting_coder(texts):
    return texts.filter(is_awaiting_coder())


def texts_asked_again(texts):
    return texts.filter(_has_split_question(), status__isnull=False)
