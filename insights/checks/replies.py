"""Replies to member checks, counted daily like “Did you hear back?”."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation import handover
from insights.checks.models import Check, CheckPicture
from insights.results.heard import renewed
from insights.results.showing import HEARD, Said, Shown, heard_of

TOO_FEW = "Too few to say yet. Numbers show from about 35 replies up, rounded to 5."


def refresh(today: date | None = None) -> int:
    """Sweep: renew the figures; returns how many changed."""
    today = today or timezone.localdate()
    return sum(_refresh(check, today) for check in Check.objects.begun_by(today).order_by("pk"))


@transaction.atomic
def _refresh(check: Check, today: date) -> bool:
    picture = CheckPicture.objects.select_for_update().filter(check_of=check).first()
    if picture and picture.made_on >= today:
        return False
    replies = handover.heard_answers(check.consultation, check.about)
    table = renewed(replies, picture.table if picture else None, check.about)
    if table is None:
        return False
    CheckPicture.objects.update_or_create(
        check_of=check, defaults={"rows": table["base"], "made_on": today, "table": table}
    )
    return True


def picture_of(check: Check) -> CheckPicture | None:
    return CheckPicture.objects.filter(check_of=check).first()


def shown_to_all(check: Check) -> Shown | None:
    """The figure of the public page; None until a number may be shown."""
    shown = heard_of(picture_of(check))
    return shown and replace(shown, id=check.about, title=Said(key="right.title"))


def said(check: Check) -> str:
    return in_words(picture_of(check))


def in_words(picture: CheckPicture | None) -> str:
    """A sentence for staff: "Of 60 who replied: 40 said that we heard them right, ..."."""
    rows = picture.table.get("rows", []) if picture else []
    told = [f"{row['value']} {WORDS[row['id']]}" for row in rows if row["value"]]
    if picture is None or not told:
        return TOO_FEW
    hidden = " Other numbers are hidden." if len(told) < len(HEARD) else ""
    return f"Of {picture.table['base']} who replied: {', '.join(told)}.{hidden}"


WORDS = {"yes": "said that we heard them right", "partly": "said in part", "no": "said no", "dk": "were not sure"}


def of_theme(release: Any, theme: Any, today: date | None = None) -> list[tuple[Check, str]]:
    """[(member check of a theme, its replies in words)], for planners' pages."""
    begun = Check.objects.begun_by(today or timezone.localdate())
    found = begun.filter(consultation=release.consultation, theme=theme).select_related("picture")
    return [(check, in_words(getattr(check, "picture", None))) for check in found]
