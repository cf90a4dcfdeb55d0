"""Writing, translating and publishing a results page, and moving the day of our answer. Two people publish."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.publications import answer_clock_lookup
from insights.publications.answer_clock import why_not_move_answer
from insights.publications.models import AnswerMoved, Results
from insights.publications.picked_items import list_lasting_picks
from insights.publications.results_page import list_not_neutral_themes
from insights.publishing.lifecycle import PUBLISH_PERMISSION, Lifecycle
from insights.publishing.records import SOURCE, PublicationStatus
from insights.publishing.translated_words import TranslatedWords, strip_pasted_markup
from insights.publishing.translation_confirmation import uncheck_translations
from insights.releases.models import Release
from insights.releases.tied_releases import refuse_tied_releases


class ResultsLifecycle(Lifecycle[Results], TranslatedWords[Results]):
    name = "results"
    two_people = "Two people publish results. Ask a colleague who did not write any of it."
    stays = "It is published: what it says stays. Begin the next edition to change its words."
    required = {
        "heard": "What people told us has no words in this language yet.",
        "heard_easy": "What people told us has no easy read in this language yet.",
    }

    def validate_draft(self, held: Results) -> None:
        if not held.english.get("heard", "").strip():
            raise ValidationError({"heard": "Say in a few short sentences what people told you."})

    def validate_publication(self, held: Results, today: date) -> None:
        if not held.english.get("heard"):
            raise ValidationError("There are no words yet. Say in a few short sentences what people told you.")
        if not held.english.get("heard_easy"):
            raise ValidationError("There is no easy read yet. Every page of results has one.")
        refuse_tied_releases([held.release_id])
        if loud := list_not_neutral_themes(held):
            named = "; ".join(f"“{name}”" for name in loud)
            raise ValidationError(
                f"Someone may look over a child’s shoulder. Give these themes short words first: {named}."
            )

    def list_readings(self, held: Results) -> Iterator[tuple[float, float]]:
        told = " ".join(held.english[name] for name in ("heard", "next") if held.english.get(name))
        yield handover.grade_readability(told, held.consultation)
        yield handover.grade_readability_for_children(held.english.get("heard_easy", ""))

    def record(self, verb: str, held: Results, by: Any, **data: Any) -> None:
        super().record(verb, held, by, release=held.release_id, **data)


RESULTS = ResultsLifecycle()
publish_results, discard_results = RESULTS.publish, RESULTS.discard
translate_results, confirm_results_translation = RESULTS.translate, RESULTS.confirm_translation


def begin_results(*, release: Release, by: Any, today: date | None = None) -> Results:
    """A draft from a published release, with the previous edition's words; its translations need confirming again."""
    if release.status != PublicationStatus.PUBLISHED:
        raise ValidationError("Only a published release can be shown.")
    last = Results.objects.filter(consultation=release.consultation).order_by("-number").first()
    made = Results(
        consultation=release.consultation,
        number=last.number + 1 if last else 1,
        release=release,
        words=uncheck_translations(last.words) if last else {},
        picked=list_lasting_picks(last.picked) if last else [],
        made_on=today or timezone.localdate(),
        made_by=by,
    )
    return RESULTS.begin(made, by=by)


def write_results(
    results: Results, *, by: Any, words: Mapping[str, Any], picked: Iterable[str] | None = None
) -> Results:
    """Save the English words of a draft, and what of its release stands beside them: references, never numbers."""
    fields = {} if picked is None else {"picked": list(picked)}
    return RESULTS.write(results, by=by, english=strip_pasted_markup(words), **fields)


@transaction.atomic
def move_answer_day(
    *, consultation: Any, by: Any, to: date, why: Mapping[str, str], today: date | None = None
) -> AnswerMoved:
    """Promise a later day, with a public reason. Moved in time, the clock runs until the new day; moved after the old
    day has passed, the answer stays late and people learn the new day."""
    require_permission(by, PUBLISH_PERMISSION)
    today = today or timezone.localdate()
    running = answer_clock_lookup.answer_clock_of(consultation, today)
    if running is None:
        raise ValidationError("This is still open, so no day has been promised yet that could move.")
    words = {language: said.strip() for language, said in why.items() if said.strip()}
    refused = why_not_move_answer(current=running, to=to, why=words.get(SOURCE, ""))
    if refused:
        raise ValidationError(refused)
    moved = AnswerMoved.objects.create(
        consultation=consultation, was=running.hoped, now=to, why=words, made_on=today, made_by=by
    )
    record_event(
        "answer moved",
        by=by, obj=consultation, was=str(moved.was), until=str(to), late=running.late, reason=words[SOURCE],
    )  # fmt: skip
    return moved
