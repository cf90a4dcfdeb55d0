"""Figures of later releases as evidence of an outcome: what may be cited, and the data that a citation freezes."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from insights.coding.models import Theme
from insights.decisions.actions import get_shown_theme_figure
from insights.decisions.models import Decision
from insights.decisions.outcomes.answer_comparison import AnswerChange, ReleaseQuestion, compare_answers
from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.releases.models import Figure, Release
from insights.releases.waves import list_earlier_waves

KINDS = ("question", "about")


def later_releases(decision: Decision) -> QuerySet[Release]:
    """Published releases made after the decision, newest first."""
    found = Release.objects.published().filter(made_on__gt=decision.decided)
    return found.select_related("consultation", "codebook_version").order_by("-made_on", "-pk")


def earlier_releases(later: Release, question: str) -> QuerySet[Release]:
    """The newest published release of each earlier wave that holds the question (joined by its id), newest first. An
    earlier release of the same consultation is none: the later one counts its people, too."""
    asked = Figure.objects.filter(key=question, kind__in=KINDS).values("release")
    found = Release.objects.filter(pk__in=asked).filter(
        pk__in=[one.pk for one in list_earlier_waves([later])[later.pk]]
    )
    return found.select_related("consultation").order_by("-made_on", "-pk")


def list_question_figures(release: Release) -> QuerySet[Figure]:
    return release.figures.filter(kind__in=KINDS).order_by("order")


def get_release_question(release: Release, question: str) -> ReleaseQuestion | None:
    figure = list_question_figures(release).filter(key=question).first()
    page, rules = release.consultation, parse_stored_rules(release.rules)
    return ReleaseQuestion(page.pk, page.audience, figure.title, figure.table, rules) if figure else None


def freeze_theme_evidence(release: Release, theme: Theme) -> dict[str, Any]:
    """{"label", "people", "base"}. A hidden number cannot be cited: the citation itself would disclose something."""
    seen = get_shown_theme_figure(release, theme)
    if seen["people"] is None:
        raise ValidationError("The number of this theme is hidden in that release. Cite one whose number is shown.")
    figure = release.figures.get(kind="themes", key="all")
    return {"label": seen["label"], "people": seen["people"], "base": figure.table["base"]}


def freeze_answer_evidence(
    release: Release, question: str, option: str, before: Release | None = None
) -> dict[str, Any]:
    """The shown figure of an answer; with `before`, also the change or the reason why there is none."""
    now = get_release_question(release, question)
    row = now.row(option) if now else None
    if now is None or row is None or row["value"] is None:
        raise ValidationError("That answer has no number in that release.")
    seen = {"label": row["label"], "asked": now.title} | _shown_numbers(now, row)
    if before is None:
        return seen
    if not earlier_releases(release, question).filter(pk=before.pk).exists():
        raise ValidationError("Choose a release of an earlier wave that asked this question.")
    then = get_release_question(before, question)
    found = compare_answers(then, now, option)
    old = then.row(option) if then else None
    if isinstance(found, AnswerChange) and then and old:
        return seen | {"before": _shown_numbers(then, old), "change": found.stored()}
    return seen | {"why_not": str(found)}


def _shown_numbers(asked: ReleaseQuestion, row: Any) -> dict[str, Any]:
    return {"people": row["value"], "base": asked.table["base"]} | {n: row[n] for n in ("percent", "low", "high")}


def compare_each_answer(later: Release, question: str, before: Release) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield (row, change or reason why there is none) for each answer; the officer chooses from these."""
    now, then = get_release_question(later, question), get_release_question(before, question)
    for row in now.table.get("rows", []) if now else []:
        yield row, compare_answers(then, now, row["id"]) if now else None
