"""Blind texts: answers of a confirmation sample that nobody has coded yet without the machine.

No page tells what the machine makes of one, and no proposal for it is accepted unseen: a coder who knew the machine's
guess would agree with it more often, and the sample would no longer show how often the machine is wrong.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.counted_codes import is_asked_again
from insights.coding.models import CodingManner
from insights.corpus.models import Text


def is_in_sample() -> Exists:
    """A condition on Text: its writer was drawn in a round of its consultation."""
    return Exists(
        ConfirmationRound.objects.filter(consultation=OuterRef("version__page"), below__gt=OuterRef("draw")).order_by()
    )


def is_blind() -> Q:
    """A condition on Text: it waits to be coded without the machine. What somebody coded before the sample was drawn, with
    the machine's proposals in view, is coded once more."""
    return Q(is_in_sample()) & (Q(status=None) | ~Q(status__manner=CodingManner.BLIND))


def is_to_read() -> Q:
    """A condition on Text: of the sample, it is blind, or is asked about again since its theme was split."""
    return is_blind() | Q(is_in_sample(), is_asked_again())


def blind_texts() -> QuerySet[Text]:
    return Text.objects.filter(is_blind())
