"""Which texts wait for a person: those that nobody has coded, and those asked about again after a theme was split."""

from django.db.models import Exists, OuterRef, Q

from insights.coding.models import Code, Source


def _asked():
    return Exists(Code.objects.filter(text=OuterRef("pk"), source=Source.RULE))


def is_open():
    """What the coding desk has yet to do, as a condition on texts. A rule only asks: nobody has chosen yet."""
    return Q(status__isnull=True) | _asked()


def still_open(texts):
    return texts.filter(is_open())


def asked_again(texts):
    return texts.filter(_asked(), status__isnull=False)
