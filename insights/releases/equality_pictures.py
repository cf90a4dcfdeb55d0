"""Equality monitoring of a consultation: one protected table for each question, never crossed with an answer.

The rows link to no response (consultation.responses.equality_monitoring), arrive in batches of ten or more, and are
read only here. A daily sweep stores what disclosure control lets out; pages show that.
"""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.surveys.questionnaire_schema import (
    ALSO,
    Questionnaire,
    can_choose_several,
    list_chosen_keys,
    localised_text,
)
from insights.disclosure.disclosure_presets import parse_stored_rules, rules_for
from insights.disclosure.disclosure_rules import DisclosureRules
from insights.releases.actions import find_newest_release
from insights.releases.models import EqualityPicture
from insights.releases.policies import keep_small_moves
from insights.releases.stored_figures import NON_RESPONSE_LABELS, freeze_refusal, freeze_table


def refresh_equality_pictures(today: date | None = None) -> int:
    """Sweep: renew the pictures made before today that have new rows, and return how many. Once retention has erased
    the rows, the last picture stays as it is."""
    today = today or timezone.localdate()
    return sum(_refresh_picture(page, today) for page in handover.list_consultations())


def take_last_picture(page: Any) -> None:
    """Renew the picture with the newest rows, before retention erases them."""
    _refresh_picture(page, timezone.localdate(), last=True)


@transaction.atomic
def _refresh_picture(page: Any, today: date, last: bool = False) -> bool:
    rows = list(handover.iter_equality_answers(page))
    picture = EqualityPicture.objects.select_for_update().filter(consultation=page).first()
    if not rows or (picture and (picture.rows >= len(rows) or (picture.made_on >= today and not last))):
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
            "table": _protect_question(item, rows, rules),
        }
        for item in questionnaire.questions
        if item.get("apart")
    ]
    old = {figure["key"]: figure["table"] for figure in picture.figures} if picture else {}
    for figure in figures:  # one that few people moved keeps its old value, as between releases
        if figure["key"] in old:
            keep_small_moves(figure["table"], old[figure["key"]], rules)
    EqualityPicture.objects.update_or_create(
        consultation=page, defaults={"rows": len(rows), "made_on": today, "figures": figures}
    )
    return True


def _protect_question(item: dict[str, Any], rows: list[dict[str, Any]], rules: DisclosureRules) -> dict[str, Any]:
    from insights.disclosure import TableRefused, protect_table  # numpy and the solver load in a worker alone

    labels = {option["key"]: localised_text(option["text"], "en") for option in item["options"]}
    labels |= {ALSO[name]: NON_RESPONSE_LABELS[ALSO[name]] for name in item["also"]}
    try:
        protected = protect_table(_build_choice_table(item, rows, labels), rules)
    except TableRefused as refusal:
        return freeze_refusal(str(refusal))
    return freeze_table(protected, labels, {})


def _build_choice_table(item: dict[str, Any], rows: list[dict[str, Any]], labels: dict[str, str]) -> Any:
    """People by choice; everyone who answered the question is the base."""
    from insights.disclosure import CountTable  # numpy loads with it

    chosen = [list_chosen_keys(item, answers) for answers in rows]
    counts = Counter(key for keys in chosen for key in keys)
    by_choice = {key: counts[key] for key in labels}
    if not can_choose_several(item):
        return CountTable.one_way(by_choice)
    alone = {option["key"] for option in item["options"] if option.get("exclusive")} | {"dk", "na"}
    exclusive = frozenset(place for place, key in enumerate(labels) if key in alone)
    return CountTable.one_way(by_choice, base=sum(bool(keys & set(labels)) for keys in chosen), exclusive=exclusive)


def asks_equality_questions(page: Any) -> bool:
    """Whether any version of the consultation asks equality questions."""
    return any(item.get("apart") for version in handover.list_versions(page) for item in version.content["items"])
