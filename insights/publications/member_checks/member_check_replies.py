"""Replies to member checks, a live picture like “Did you hear back?”."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from consultation import handover
from insights.polls.live_pictures import refresh_picture
from insights.polls.poll_tables import describe_poll_table
from insights.polls.public_figures import DisplayText, PublicFigure, build_poll_figure
from insights.publications.member_checks.models import Check, CheckPicture

REPLY_PHRASES = {
    "yes": "said that we heard them right",
    "partly": "said in part",
    "no": "said no",
    "dk": "were not sure",
}


def refresh_replies(today: date | None = None) -> int:
    """Sweep: renew the figures; returns how many changed."""
    today = today or timezone.localdate()
    return sum(
        refresh_picture(
            CheckPicture,
            handover.list_heard_back_replies(check.consultation, check.about),
            check.about,
            today,
            check_of=check,
        )
        for check in Check.objects.begun_by(today).order_by("pk")
    )


def reply_picture_of(check: Check) -> CheckPicture | None:
    return CheckPicture.objects.filter(check_of=check).first()


def public_reply_figure(check: Check) -> PublicFigure | None:
    """The figure of the public page; None until a number may be shown."""
    shown = build_poll_figure(reply_picture_of(check))
    return shown and replace(shown, id=check.about, title=DisplayText(key="right.title"))


def describe_reply_picture(picture: CheckPicture | None) -> str:
    """A sentence for staff: "Of about 60 who replied: about 40 said that we heard them right, ..."."""
    return describe_poll_table(picture.table if picture else {}, REPLY_PHRASES)


def member_checks_of_theme(release: Any, theme: Any, today: date | None = None) -> list[tuple[Check, str]]:
    """[(member check of a theme, its replies in words)], for planners' pages."""
    begun = Check.objects.begun_by(today or timezone.localdate())
    found = begun.filter(consultation=release.consultation, theme=theme).select_related("picture")
    return [(check, describe_reply_picture(getattr(check, "picture", None))) for check in found]
