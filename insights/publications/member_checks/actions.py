"""Write, translate and publish member checks (“Did we hear you right?”). Publishing takes a second person."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from insights.coding.models import Theme
from insights.decisions.neutral_titles import list_unneutral_fields
from insights.decisions.outcomes.policies import list_poll_problems
from insights.publications.member_checks.models import Check
from insights.publications.models import Results
from insights.publishing.lifecycle import Lifecycle
from insights.publishing.records import SOURCE, PublicationStatus
from insights.publishing.translated_words import TranslatedWords
from insights.releases.models import Release

BEGUN = "This theme of this release was put to people already."
WORDS = ("name", "summary", "easy")


def has_shown_number(release: Any, theme: Any) -> bool:
    return any(row["id"] == str(theme.pk) and row["value"] for row in release.theme_rows())


def find_member_check_problems(
    words: Mapping[str, str], opens: date, closes: date, until: date | None = None
) -> dict[str, str]:
    """{field: error}. A theme needs a shown number, and words neutral to someone looking over a
    child's shoulder (A3). `until` is the last day on which replies are counted."""
    found = {}
    for field, ask in (
        ("name", "Give it a short name."),
        ("summary", "Say in a few short sentences what people said."),
    ):
        if not words.get(field, "").strip():
            found[field] = ask
    found |= list_unneutral_fields(words, WORDS)
    return found | list_poll_problems(opens, closes, until)


class MemberCheckLifecycle(Lifecycle[Check], TranslatedWords[Check]):
    name = "check"
    begun = BEGUN
    stays = "This is public. Its words and days stay."
    required = dict.fromkeys(("name", "summary"), "The name or the summary has no words in this language yet.")

    def validate_draft(self, held: Check) -> None:
        until = handover.last_reply_day(held.consultation)
        if problems := find_member_check_problems(held.english, held.opens, held.closes, until):
            raise ValidationError(problems)

    def validate_publication(self, held: Check, today: date) -> None:
        if Results.objects.newest_of(held.consultation) is None:
            raise ValidationError("Publish the results first: people come to this question from there.")
        if held.closes < today:
            raise ValidationError("The last day has passed. Choose a later one.")
        self.validate_draft(held)

    def validate_translation(self, words: Mapping[str, Any]) -> None:
        if loud := list_unneutral_fields(words, WORDS):
            raise ValidationError(loud)

    def list_readings(self, held: Check) -> Iterator[tuple[float, float]]:
        yield handover.grade_readability(held.english.get("summary", ""), held.consultation)


CHECKS = MemberCheckLifecycle()
publish_member_check, discard_member_check = CHECKS.publish, CHECKS.discard
translate_member_check, confirm_member_check_translation = CHECKS.translate, CHECKS.confirm_translation


def begin_member_check(
    *, release: Release, theme: Theme, by: Any, words: Mapping[str, str], opens: date, closes: date,
    today: date | None = None,
) -> Check:  # fmt: skip
    """A draft about a theme with a shown number: to ask about a hidden one would disclose that someone spoke of it."""
    require_permission(by, CHECKS.may_write)
    if release.status != PublicationStatus.PUBLISHED:
        raise ValidationError("Only a theme of a published release can be asked about.")
    if not has_shown_number(release, theme):
        raise ValidationError(
            "The number of this theme is hidden. To ask about it would say that someone spoke of it."
        )
    made = Check(
        consultation=release.consultation, release=release, theme=theme, words={SOURCE: dict(words)},
        opens=opens, closes=closes, made_on=today or timezone.localdate(), made_by=by,
    )  # fmt: skip
    CHECKS.validate_draft(made)
    return CHECKS.begin(made, by=by, release=release.pk, theme=theme.pk)


def write_member_check(check: Check, *, by: Any, words: Mapping[str, str], opens: date, closes: date) -> Check:
    """Save the English words and the days of a draft."""
    return CHECKS.write(check, by=by, english=dict(words), opens=opens, closes=closes)
