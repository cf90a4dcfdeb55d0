"""Equality monitoring of a consultation: one protected table for each question, never crossed with an answer.

The rows link to no response (consultation.responses.apart), arrive in batches of ten or more, and are read only here.
A daily sweep stores what disclosure control lets out; pages show that.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation import handover
from insights.reports.models import EqualityPicture


def refresh(today: date | None = None) -> int:
    """Sweep: renew the pictures made before today that have new rows, and return how many. Once retention has erased
    the rows, the last picture stays as it is."""
    today = today or timezone.localdate()
    return sum(_refresh(page, today) for page in handover.consultations())


def take_last_picture(page: Any) -> None:
    """Renew the picture with the newest rows, before retention erases them."""
    _refresh(page, timezone.localdate(), last=True)


@transaction.atomic
def _refresh(page: Any, today: date, last: bool = False) -> bool:
    rows = list(handover.equality_answers(page))
    picture = EqualityPicture.objects.select_for_update().filter(consultation=page).first()
    if not rows or (picture and (picture.rows >= len(rows) or (picture.made_on >= today and not last))):
        return False
    latest = handover.versions(page).last()
    if latest is None:
        return False
    questionnaire = handover.Questionnaire(latest.content)
    figures = list(_figures(questionnaire, rows))
    if picture:
        _keep_small_moves(figures, picture.figures)
    EqualityPicture.objects.update_or_create(
        consultation=page, defaults={"rows": len(rows), "made_on": today, "figures": figures}
    )
    return True


def _figures(questionnaire: Any, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in questionnaire.questions:
        if item.get("apart"):
            yield {"key": item["key"], "title": handover.said(item["text"], "en"), "table": _protected(item, rows)}


def _protected(item: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    from insights.reports.disclosure import DEFAULT, Refused, protect  # numpy and the solver load in a worker alone
    from insights.reports.figures import freeze_refused, freeze_table

    labels = dict(_options(item))
    try:
        protected = protect(_table(item, rows, labels), DEFAULT)
    except Refused as refusal:
        return freeze_refused(str(refusal))
    return freeze_table(protected, labels, {})


def _options(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    from insights.reports.counting import OWN_WORDS

    for option in item["options"]:
        yield option["key"], handover.said(option["text"], "en")
    for also in item["also"]:
        key = {"dont-know": "dk", "rather-not": "na"}[also]
        yield key, OWN_WORDS[key]


def _table(item: dict[str, Any], rows: list[dict[str, Any]], labels: dict[str, str]) -> Any:
    """People by choice; everyone who answered the question is the base."""
    from insights.reports.disclosure import Table

    chosen = [handover.chosen_keys(item, answers) for answers in rows]
    counts = Counter(key for keys in chosen for key in keys)
    by_choice = {key: counts[key] for key in labels}
    if not handover.takes_several(item):
        return Table.one_way(by_choice)
    alone = {option["key"] for option in item["options"] if option.get("exclusive")} | {"dk", "na"}
    exclusive = frozenset(place for place, key in enumerate(labels) if key in alone)
    return Table.one_way(by_choice, base=sum(bool(keys & set(labels)) for keys in chosen), exclusive=exclusive)


def _keep_small_moves(figures: list[dict[str, Any]], before: list[dict[str, Any]]) -> None:
    """A figure that few people moved keeps its old value, as between releases."""
    from insights.reports.policies import keep_small_moves

    old = {figure["key"]: figure["table"] for figure in before}
    for figure in figures:
        if figure["key"] in old:
            keep_small_moves(figure["table"], old[figure["key"]])


def asks(page: Any) -> bool:
    """Whether any version of the consultation asks equality questions."""
    return any(item.get("apart") for version in handover.versions(page) for item in version.content["items"])
