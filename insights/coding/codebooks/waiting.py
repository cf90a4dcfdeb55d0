"""Texts that await a coder: uncoded ones, and those asked about again after a theme was split."""

from django.db.models import Exists, OuterRef, Q

from insights.coding.models import Code, Source


def _asked():
    return Exists(Code.objects.filter(text=OuterRef("pk"), source=Source.RULE))


def is_open():
    """A condition (Q) on Text: it awaits a coder. A row with `source=rule` is an open question, not a code."""
    return Q(status__isnull=True) | _asked()


def still_open(texts):
    return texts.filter(is_open())


def asked_again(texts):
    return texts.filter(_asked(), status__isnull=False)
