"""Texts that await a coder: uncoded ones, and those asked about again after a theme was split."""

from django.db.models import Q

from insights.coding.counted_codes import is_asked_again


def is_awaiting_coder():
    """A condition (Q) on Text: it awaits a coder."""
    return Q(status__isnull=True) | is_asked_again()


def texts_awaiting_coder(texts):
    return texts.filter(is_awaiting_coder())


def texts_asked_again(texts):
    return texts.filter(is_asked_again(), status__isnull=False)
