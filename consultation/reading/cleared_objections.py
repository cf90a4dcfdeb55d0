"""The cleared reasons of people who say that we got a decision wrong."""

from django.db.models import Exists, OuterRef

from consultation.reading.models import Reading
from consultation.responses.asked_question import name_decision_question
from consultation.responses.models import Channel
from consultation.safeguarding.models import TriageCase


def list_objections(decision: str) -> list[str]:
    """The reasons about the decision with this slug, in random key order, for whoever may see single cleared texts.

    Texts hidden from any agency are left out (D7).
    """
    hidden = TriageCase.objects.hidden_from_somebody().filter(answer=OuterRef("answer_id"))
    rows = Reading.objects.filter(
        ~Exists(hidden), released=True, answer__question=name_decision_question(decision),
        answer__response__channel=Channel.REPLY, answer__response__withdrawn=False,
    )  # fmt: skip
    return list(rows.order_by("answer_id").values_list("text", flat=True))
