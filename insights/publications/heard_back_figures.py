"""Figures of "Did you hear back?", renewed daily so that no day discloses one answer.

Anyone can send many answers and count others' between their own. So these figures use reports.disclosure.steady:
renewal at every tenth answer, or rounding anew each day, would disclose when somebody answered and what they chose.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultation import handover
from insights.disclosure.steady_figures import WIDTH, Draw, SteadyTable, renew_steady_table
from insights.publications.models import HeardPicture
from insights.releases.stored_figures import recount_percents

LABELS = {"yes": "Yes", "partly": "In part", "no": "No", "dk": "I don’t know"}
HIDDEN = "[c]"
FIRST_OF_A_CHOICE = 13  # so that a "no" shows before thirty people chose it; 13 to 17 all round to 15


def refresh_heard_back(today: date | None = None) -> int:
    """Sweep: renew the figures; returns how many changed."""
    today = today or timezone.localdate()
    return sum(_refresh_picture(page, today) for page in handover.list_consultations())


@transaction.atomic
def _refresh_picture(page: Any, today: date) -> bool:
    picture = HeardPicture.objects.select_for_update().filter(consultation=page).first()
    if picture and picture.made_on >= today:
        return False
    table = renew_poll_table(handover.list_heard_back_choices(page), picture.table if picture else None, str(page.pk))
    if table is None:
        return False
    HeardPicture.objects.update_or_create(
        consultation=page, defaults={"rows": table["base"], "made_on": today, "table": table}
    )
    return True


def renew_poll_table(choices: list[str], before: Mapping[str, Any] | None, poll: str) -> dict[str, Any] | None:
    """The table of a poll to show after `before`; None where that stays, or nothing may be shown."""
    counted, shown = Counter(choices), _shown_table(before)
    if shown and shown.total and counted.total() < shown.total:
        return None  # retention erased answers; the figures made of them stay
    now = renew_steady_table(
        {key: counted[key] for key in LABELS}, shown, _make_secret_draw(poll), first=FIRST_OF_A_CHOICE
    )
    return None if now.total is None or now == shown else _build_poll_table(now.total, now.groups)


def _shown_table(table: Mapping[str, Any] | None) -> SteadyTable | None:
    if table is None:
        return None
    groups = {row["id"]: row["value"] for row in table["rows"]}
    return SteadyTable(table["base"], dict.fromkeys(LABELS) | groups, few=False)


def _make_secret_draw(poll: str) -> Draw:
    """Draws from the SECRET_KEY: unknown outside, not stored, the same on each run."""

    def draw(figure: str, shown: int) -> int:
        digest = salted_hmac(
            "insights.publications.heard_back_figures", f"{poll}/{figure}/{shown}", algorithm="sha256"
        ).digest()
        return int.from_bytes(digest[:8], "big") % WIDTH

    return draw


def _build_poll_table(total: int, groups: Mapping[str, int | None]) -> dict[str, Any]:
    """A table as in Figure.table."""
    rows = [
        {"id": key, "label": label, "value": groups[key], "symbol": HIDDEN if groups[key] is None else ""}
        for key, label in LABELS.items()
    ]
    table = {"base": total, "several": False, "rows": rows, "columns": [], "column_totals": []}
    recount_percents(table)
    return table


def heard_back_picture_of(consultation: Any) -> HeardPicture | None:
    return HeardPicture.objects.filter(consultation=consultation).first()
