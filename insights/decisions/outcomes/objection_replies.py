"""“Do you think we got this wrong?”: the replies to each published decision, counted like “Did you hear back?”."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from consultation import handover
from insights.decisions.models import Decision
from insights.decisions.outcomes.models import ObjectionPicture
from insights.polls.live_pictures import refresh_picture
from insights.polls.poll_tables import describe_poll_table
from insights.polls.public_figures import DisplayText, PublicFigure, build_poll_figure

REPLY_PHRASES = {"yes": "said yes, it is wrong", "partly": "said in part", "no": "said no", "dk": "did not know"}
MAY_SEE_REASONS = "insights.code_themes"  # whoever codes sees single cleared texts; planners see figures


def name_replies(decision: Decision) -> str:
    """The key of the replies about a decision (HeardAnswer.about)."""
    return f"wrong-{decision.pk}"


def refresh_pictures(today: date | None = None) -> int:
    """Count the replies of all published decisions again; returns how many tables changed."""
    today = today or timezone.localdate()
    return sum(_refresh_picture(decision, today) for decision in Decision.objects.published())


def _refresh_picture(decision: Decision, today: date) -> bool:
    about, pages = name_replies(decision), decision.consultations.order_by("pk")
    replies = [reply for page in pages for reply in handover.list_heard_back_replies(page, about)]
    return refresh_picture(ObjectionPicture, replies, about, today, decision=decision)


def _find_picture(decision: Decision) -> ObjectionPicture | None:
    return ObjectionPicture.objects.filter(decision=decision).first()


def build_public_figure(decision: Decision) -> PublicFigure | None:
    """The figure for the public page; None until a number may be shown."""
    shown = build_poll_figure(_find_picture(decision))
    return shown and replace(shown, id=name_replies(decision), title=DisplayText(key="ysd.wrong"))


def describe_replies(decision: Decision) -> str:
    """A sentence for staff: "Of about 60 who replied: about 40 said yes, it is wrong ..."."""
    picture = _find_picture(decision)
    return describe_poll_table(picture.table if picture else {}, REPLY_PHRASES)


def list_reasons(decision: Decision, by: Any) -> list[str]:
    """The cleared reasons, for people who may see single cleared texts; none for all others."""
    return handover.list_objections(decision.slug) if by.has_perm(MAY_SEE_REASONS) else []
