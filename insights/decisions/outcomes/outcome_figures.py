"""Figures of later releases as evidence of an outcome: what may be cited, and the data that a citation freezes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from consultation.domain.calendar_quarters import Quarter
from insights.coding.models import Theme
from insights.decisions.actions import get_shown_theme_figure
from insights.decisions.models import Decision
from insights.decisions.outcomes.answer_comparison import AnswerChange, ReleaseQuestion, compare_answers
from insights.disclosure.disclosure_presets import parse_stored_rules
from insights.releases.crossed_questions import question_by_key
from insights.releases.models import Figure, Release
from insights.releases.stored_figures import IN_PERIOD
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


def list_figures_of_quarters(release: Release, decided: date) -> list[tuple[Quarter, Figure]]:
    """Questions by the people of a closed quarter that began after the decision, where an earlier quarter has the same
    question; the newest quarter first. Nobody stands in two quarters, so these may be compared within one release."""
    figures = [(*split_key(one.key), one) for one in release.figures.filter(kind=IN_PERIOD).order_by("order")]
    found = [
        (quarter, figure)
        for quarter, asked, figure in figures
        if quarter
        and quarter.first > decided
        and any(key == asked and one < quarter for one, key, _ in figures if one)
    ]
    return sorted(found, key=lambda pair: pair[0], reverse=True)


def earlier_quarters(release: Release, question: str) -> list[Quarter]:
    """The closed quarters before that of this figure in which the release holds the same question, newest first; none
    of a figure that is of no quarter."""
    now, asked = split_key(question)
    if now is None:
        return []
    keys = release.figures.filter(kind=IN_PERIOD, key__endswith=f"|{asked}").values_list("key", flat=True)
    found = (quarter for quarter, key in map(split_key, keys) if quarter and key == asked)
    return sorted((one for one in found if one < now), reverse=True)


def split_key(question: str) -> tuple[Quarter | None, str]:
    """The quarter of a figure's key, None of a figure of everyone, and the key of the question."""
    slug, separator, asked = question.partition("|")
    quarter = Quarter.named(slug) if separator else None
    return (quarter, asked) if quarter else (None, question)


def get_release_question(release: Release, question: str) -> ReleaseQuestion | None:
    quarter, _ = split_key(question)
    kinds = [IN_PERIOD] if quarter else KINDS
    figure = release.figures.filter(kind__in=kinds, key=question).first()
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
    release: Release, question: str, option: str, before: Release | Quarter | None = None
) -> dict[str, Any]:
    """The shown figure of an answer; with `before`, a release of an earlier wave or an earlier quarter of this one, also
    the change or the reason why there is none."""
    now = get_release_question(release, question)
    row = now.row(option) if now else None
    if now is None or row is None or row["value"] is None:
        raise ValidationError("That answer has no number in that release.")
    quarter, _ = split_key(question)
    seen = {"label": row["label"], "asked": now.title} | _shown_numbers(now, row) | _name_quarter(quarter)
    if before is None:
        return seen
    then = find_question_before(release, question, before)
    found = compare_answers(then, now, option)
    old = then.row(option) if then else None
    earlier = _name_quarter(before)
    if isinstance(found, AnswerChange) and then and old:
        return seen | {"before": _shown_numbers(then, old) | earlier, "change": found.stored()}
    return seen | {"why_not": str(found)} | ({"before": earlier} if earlier else {})


def find_question_before(release: Release, question: str, before: Release | Quarter) -> ReleaseQuestion | None:
    """The same question at the earlier time. Raises ValidationError where the two times share people."""
    if isinstance(before, Quarter):
        if before not in earlier_quarters(release, question):
            raise ValidationError("Choose an earlier quarter of this release that asked this question.")
        return get_release_question(release, question_by_key(before.slug, split_key(question)[1]))
    if not earlier_releases(release, question).filter(pk=before.pk).exists():
        raise ValidationError("Choose a release of an earlier wave that asked this question.")
    return get_release_question(before, question)


def _name_quarter(time: Release | Quarter | None) -> dict[str, str]:
    return {"quarter": str(time)} if isinstance(time, Quarter) else {}


def _shown_numbers(asked: ReleaseQuestion, row: Any) -> dict[str, Any]:
    return {"people": row["value"], "base": asked.table["base"]} | {n: row[n] for n in ("percent", "low", "high")}


def compare_each_answer(
    later: Release, question: str, before: Release | Quarter
) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield (row, change or reason why there is none) for each answer; the officer chooses from these."""
    now, then = get_release_question(later, question), find_question_before(later, question, before)
    for row in now.table.get("rows", []) if now else []:
        yield row, compare_answers(then, now, row["id"]) if now else None
