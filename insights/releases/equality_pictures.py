"""Equality monitoring of a consultation: one protected table for each question, never crossed with an answer.

The rows link to no response (consultation.responses.equality_monitoring), arrive in batches of ten or more, and are
read only here. A sweep stores what disclosure control lets out; pages show that.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.surveys.questionnaire_schema import (
    Questionnaire,
    can_choose_several,
    list_chosen_keys,
    localised_text,
)
from insights.disclosure.disclosure_presets import parse_stored_rules, rules_for
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.releases.actions import find_newest_release
from insights.releases.models import EqualityPicture
from insights.releases.stored_figures import (
    NO_ANSWER,
    NO_ANSWER_KEYS,
    NO_ANSWER_LABEL,
    freeze_refusal,
    freeze_table,
)


def refresh_equality_pictures(today: date | None = None) -> int:
    """Sweep: renew the pictures to which enough rows have come, and return how many. Once retention has erased
    the rows, the last picture stays as it is."""
    today = today or timezone.localdate()
    return sum(_refresh_picture(page, today) for page in handover.list_consultations())


def take_last_picture(page: Any) -> None:
    """Renew the picture before retention erases its rows, where ten or more have come since; fewer stay uncounted."""
    _refresh_picture(page, timezone.localdate(), last=True)


@transaction.atomic
def _refresh_picture(page: Any, today: date, last: bool = False) -> bool:
    from insights.disclosure.live_tables import DAYS_BETWEEN, may_renew  # numpy loads with it

    rows = list(handover.iter_equality_answers(page))
    picture = EqualityPicture.objects.select_for_update().filter(consultation=page).first()
    name = f"equality/{page.pk}"
    if not rows or (
        picture
        and not may_renew(name, len(rows), picture.rows, picture.made_on, today, days=0 if last else DAYS_BETWEEN)
    ):
        return False
    latest = handover.find_newest_version(page)
    if latest is None:
        return False
    questionnaire, release = Questionnaire(latest.content), find_newest_release(page)
    rules = rules_for(parse_stored_rules(release.rules) if release else None)
    figures = [
        {
            "key": item["key"],
            "title": localised_text(item["text"], "en"),
            "table": _protect_question(item, rows, rules, name, today, item["id"] in questionnaire.hard_questions),
        }
        for item in questionnaire.questions
        if item.get("apart")
    ]
    EqualityPicture.objects.update_or_create(
        consultation=page, defaults={"rows": len(rows), "made_on": today, "figures": figures}
    )
    return True


def _protect_question(
    item: dict[str, Any],
    rows: list[tuple[UUID, dict[str, Any]]],
    rules: DisclosureRules,
    name: str,
    today: date,
    hard: bool,
) -> dict[str, Any]:
    """People by choice; everyone who answered the question is the base."""
    from insights.disclosure import TableRefused  # numpy loads with these
    from insights.disclosure.live_tables import protect_live_table

    labels = {option["key"]: localised_text(option["text"], "en") for option in item["options"]}
    groups: dict[str, list[UUID]] = {key: [] for key in labels}
    if item["also"]:
        labels[NO_ANSWER], groups[NO_ANSWER] = NO_ANSWER_LABEL, []
    chosen = {row: list_chosen_keys(item, answers) for row, answers in rows}
    for row, keys in chosen.items():
        for key in {NO_ANSWER if key in NO_ANSWER_KEYS else key for key in keys} & groups.keys():
            groups[key].append(row)
    answered = {row for people in groups.values() for row in people} if can_choose_several(item) else None
    try:
        table = protect_live_table(groups, name, today, rules, everyone=answered, sensitive=hard)
        return freeze_table(table, labels, {})
    except TableRefused as refusal:
        return freeze_refusal(str(refusal))


def asks_equality_questions(page: Any) -> bool:
    """Whether any version of the consultation asks equality questions."""
    return any(item.get("apart") for version in handover.list_versions(page) for item in version.content["items"])
