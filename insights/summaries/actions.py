"""Write and sign the summary of a release."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.markup import strip_markup
from insights.releases.minority_views.policies import find_repeated_words
from insights.releases.models import Quote, Release
from insights.releases.theme_evidence import list_theme_evidence
from insights.summaries.drafted_lines import draft_lines
from insights.summaries.line_check import find_wrong_number
from insights.summaries.linked_figures import (
    LinkableRow,
    find_named_rows,
    find_unspoken_themes,
    list_linkable_rows,
    theme_row_id,
)
from insights.summaries.models import SLOTS, ReportSummary, quotes_to_choose

LONGEST = 300


def lines_of(release: Release) -> list[dict[str, Any]]:
    """The lines as they were written, else a draft."""
    summary = ReportSummary.objects.filter(release=release).first()
    return summary.lines if summary else draft_lines(release)


def fingerprint_lines(lines: list[dict[str, Any]]) -> str:
    """A hash of the lines: a signature is for these alone."""
    return hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def write_summary(
    *, release: Release, by: Any, lines: dict[str, tuple[str, int | None]], today: date | None = None
) -> ReportSummary:
    """Keep the lines, {slot: (words, id of a quote or None)}; a line without words is left out. A signature, which was
    for other words, goes. Raises ValidationError by slot where a number or a quote does not belong to the line."""
    require_permission(by, "insights.publish_release")
    rows = list_linkable_rows(release)
    unspoken = find_unspoken_themes(list_theme_evidence([release], views=True))
    quotes = quotes_to_choose(release).in_bulk()
    kept, wrong = [], {}
    for slot in SLOTS:
        words, quote = lines.get(slot, ("", None))
        words = strip_markup(words).strip()
        if not words:
            continue
        named = find_named_rows(words, rows.values())
        if hidden := [row.label for row in named if row.id in unspoken]:
            wrong[slot] = f"The report does not say whether anybody spoke about {hidden[0]}. Leave it out."
        elif mistake := _find_mistake(words, named, rows, release, quotes, quote):
            wrong[slot] = mistake
        kept.append({"slot": slot, "words": words, "links": [row.id for row in named], "quote": quote})
    if wrong:
        raise ValidationError(wrong)
    if not kept:
        raise ValidationError("Write at least one line.")
    summary, _ = ReportSummary.objects.update_or_create(
        release=release,
        defaults={
            "lines": kept,
            "written_by": by,
            "written_on": today or timezone.localdate(),
            "signed_by": None,
            "signed_on": None,
        },
    )
    record_event("report summary written", by=by, obj=release, lines=len(kept))
    return summary


def _find_mistake(
    words: str,
    named: list[LinkableRow],
    rows: dict[str, LinkableRow],
    release: Release,
    quotes: dict[int, Quote],
    chosen: int | None,
) -> str:
    if len(words) > LONGEST:
        return f"This is too long for one line. Take out {len(words) - LONGEST} letters."
    if wrong := find_wrong_number(words, rows.values(), release):
        return wrong
    if repeated := find_repeated_words(words, (quote.text for quote in quotes.values())):
        return f"Choose the quote below instead of writing it out: it says “{repeated}”."
    if chosen and (chosen not in quotes or theme_row_id(quotes[chosen].theme_id) not in {row.id for row in named}):
        return "This quote is about another theme. Name its theme in the line, or choose another quote."
    return ""


@transaction.atomic
def sign_summary(*, release: Release, by: Any, seen: str, today: date | None = None) -> ReportSummary:
    """Put one's name under the lines that one has `seen` (their fingerprint); a draft is kept as it stands."""
    require_permission(by, "insights.publish_release")
    Release.objects.select_for_update().get(pk=release.pk)
    lines = lines_of(release)
    if seen != fingerprint_lines(lines):
        raise ValidationError("These lines have changed since you opened the page. Read them first.")
    day = today or timezone.localdate()
    summary, _ = ReportSummary.objects.get_or_create(
        release=release, defaults={"lines": lines, "written_by": by, "written_on": day}
    )
    summary.signed_by, summary.signed_on = by, day
    summary.save(update_fields=["signed_by", "signed_on"])
    record_event("report summary signed", by=by, obj=release)
    return summary
