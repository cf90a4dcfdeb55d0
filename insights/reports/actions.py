"""Making a Release: figures and quotes, frozen after disclosure control; and its publication by a second person."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consultation import handover
from consultation.audit.log import record
from insights.coding.actions import codebook_version, standing_codes
from insights.reports import counting, policies
from insights.reports.disclosure import DEFAULT, Refused, protect
from insights.reports.figures import freeze_refused, freeze_table
from insights.reports.models import Figure, Quote, Release, ReleaseStatus
from insights.themes.people import people_by_theme, people_with_words

FEATURED = 3


@transaction.atomic
def create_release(*, consultation: Any, by: Any, today: date | None = None) -> Release:
    """Freeze what can be said now. Raises ValidationError, in plain words, when it is too early to.

    `by` None is the command line. Everyone counted here can no longer take their figures back (A8), so that is
    marked in the same transaction.
    """
    if by is not None and not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot make a release.")
    today = today or timezone.localdate()
    version = codebook_version(consultation)
    if version is None:
        raise ValidationError("The codebook of this consultation has no approved version yet.")
    crowd, questionnaire = counting.gather(consultation)
    previous = Release.objects.filter(consultation=consultation).order_by("-number").first()
    policies.check_may_release(consultation, previous, len(crowd.people), today)
    release = Release.objects.create(
        consultation=consultation,
        number=(Release.objects.filter(consultation=consultation).aggregate(n=Max("number"))["n"] or 0) + 1,
        codebook_version=version,
        rules={name: getattr(DEFAULT, name) for name in DEFAULT.__dataclass_fields__},
        people=DEFAULT.rounded(len(crowd.people)) if len(crowd.people) >= DEFAULT.min_base else None,
        made_on=today,
        made_by=by,
    )
    _freeze_figures(release, crowd, questionnaire, previous)
    _freeze_quotes(release, version)
    handover.mark_counted(crowd.people)
    record("release made", by=by, obj=release, figures=release.figures.count())
    return release


def _freeze_figures(release: Release, crowd: Any, questionnaire: Any, previous: Release | None) -> None:
    for order, asked in enumerate(counting.tables(crowd, questionnaire)):
        _freeze(release, asked.kind, asked.key, order, asked.title, asked.table, dict(asked.options), {})
    _freeze_themes(release, crowd, questionnaire)
    if previous is not None:
        policies.keep_figures_that_few_people_moved(release, previous)


def _freeze(
    release: Release,
    kind: str,
    key: str,
    order: int,
    title: str,
    table: Any,
    labels: Any,
    columns: Any,
    **margins: Any,
) -> Any:
    try:
        protected = protect(table, DEFAULT, **margins)
    except Refused as refusal:
        protected, frozen = None, freeze_refused(str(refusal))
    else:
        frozen = freeze_table(protected, labels, columns)
    Figure.objects.create(release=release, kind=kind, key=key, order=order, title=title, table=frozen)
    return protected


def _freeze_themes(release: Release, crowd: Any, questionnaire: Any) -> None:
    entries = list(release.codebook_version.entries.select_related("theme").order_by("label"))
    order = [entry.theme_id for entry in entries]
    labels = {str(entry.theme_id): entry.label for entry in entries}
    themes, base = people_by_theme(release.consultation), people_with_words(release.consultation) & crowd.people
    whole = _freeze(
        release,
        "themes",
        "all",
        1000,
        "What people spoke about",
        counting.theme_table(themes, base, order),
        labels,
        {},
    )
    if whole is None:
        return
    for number, item in enumerate(counting.facets(questionnaire), start=1001):
        columns = dict(counting.options_of(item)) | {counting.NOT_GIVEN: "Not given"}
        table = counting.theme_by_facet(themes, base, order, crowd, item)
        title = f"Themes by answer to “{handover.said(item['text'], 'en')}”"
        _freeze(release, "themes-by", item["id"], number, title, table, labels, columns, row_margin=whole)


def _freeze_quotes(release: Release, version: Any) -> None:
    """Quotable words of each theme that may be shown, in random order, one text a person and theme (C3)."""
    themes = release.figures.filter(kind="themes", key="all").first()
    shown = {int(row["id"]) for row in themes.table.get("rows", []) if row["value"] is not None} if themes else set()
    codes = standing_codes(release.consultation)
    for theme in shown:
        _freeze_theme_quotes(release, theme, codes.get(theme, {}))


def _freeze_theme_quotes(release: Release, theme: int, texts: Iterable[UUID]) -> None:
    from insights.intake.models import Text

    shuffled = list(Text.objects.filter(pk__in=list(texts), quotable=True))
    secrets.SystemRandom().shuffle(shuffled)
    one_a_person = list({text.respondent: text for text in shuffled}.values())
    Quote.objects.bulk_create(
        Quote(
            release=release,
            theme_id=theme,
            source_text=text,
            question=text.question,
            version_id=text.version_id,
            audience=text.audience,
            language=text.language,
            text=text.text,
            featured=index < FEATURED,
        )
        for index, text in enumerate(one_a_person)
    )


@transaction.atomic
def publish_release(*, release: Release, by: Any, today: date | None = None) -> Release:
    """A second person publishes; from then on planners see it."""
    if not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot publish a release.")
    if release.made_by_id == by.pk:
        raise ValidationError("Two people publish a release. Ask a colleague who did not make it.")
    if release.status == ReleaseStatus.PUBLISHED:
        raise ValidationError("This release is published already.")
    release.status = ReleaseStatus.PUBLISHED
    release.published_by, release.published_on = by, today or timezone.localdate()
    release.save(update_fields=["status", "published_by", "published_on"])
    record("release published", by=by, obj=release)
    return release


def erase_quotes(*, text: Any) -> None:
    """The words of a text leave every release; the figures, which are frozen, stay (DESIGN: withdrawal)."""
    Quote.objects.filter(source_text=text).update(text="", erased=True, featured=False)


@transaction.atomic
def discard_release(*, release: Release, by: Any) -> None:
    """Throw a draft away. The people it counted stay marked: their figures may be in the next one within minutes."""
    if not by.has_perm("insights.publish_release"):
        raise PermissionDenied("You cannot discard a release.")
    if release.status != ReleaseStatus.DRAFT:
        raise ValidationError("A published release is kept. Make the next one instead.")
    record("release discarded", by=by, obj=release)
    release.delete()


@transaction.atomic
def approve_quote(*, quote: Quote, by: Any) -> Quote:
    """One person's yes to showing these words to the public; they show when two have said so (C3)."""
    if not by.has_perm("insights.approve_quote"):
        raise PermissionDenied("You cannot approve a quote.")
    if quote.erased:
        raise ValidationError("These words were taken back.")
    quote.public_approved_by.add(by)
    record("quote approved", by=by, obj=quote, approvals=quote.public_approved_by.count())
    return quote


@transaction.atomic
def take_back_approval(*, quote: Quote, by: Any) -> None:
    """Anyone who may approve may also stop: the words leave the public pages at once."""
    if not by.has_perm("insights.approve_quote"):
        raise PermissionDenied("You cannot change this.")
    quote.public_approved_by.clear()
    record("quote approval taken back", by=by, obj=quote)
