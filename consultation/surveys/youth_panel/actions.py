"""Verbs of the youth panel: begin a round with its codes, take a member's ticks, say what changed, agree to it."""

import uuid
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultation.access import NotAllowed, require_permission, require_words
from consultation.audit.audit_log import record_event
from consultation.respondent_pages import code_spelling
from consultation.surveys.draft_preview import build_draft_content
from consultation.surveys.forms import NOT_NEUTRAL, REVEALING_WORDS
from consultation.surveys.models import ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.readability import PARENTS, grade_text
from consultation.surveys.signals import panel_words_sent
from consultation.surveys.youth_panel.models import SHOWN_FROM, PanelMark, PanelRound

EDIT = "consultation.edit_consultation"
MOST = 30
NOBODY_SENT = f"Fewer than {SHOWN_FROM} members have sent ticks. The page would say something that is not so."
RUNS = "The panel still looks at it. End the round first: then you see the ticks."
TOO_HARD = "Children read this. Say it in shorter words and sentences."
UNTOLD = "Say first what changed because of the last round. Its ticks and its codes would be lost."
AGREED = "Everyone can read what changed already. Take it back first."
BY_ANOTHER = "A colleague agrees to what you wrote."
CHANGED_MEANWHILE = "These words were changed or taken back meanwhile. Read them again."
PURPOSE = 0  # of the digests: codes of the panel open no consultation


def read_draft(page: ConsultationPage) -> list[dict[str, Any]]:
    """The questions as the draft would ask them now, in every language that it has."""
    draft = page.get_latest_revision_as_object()
    return [
        {
            "id": item["id"],
            "text": item["text"],
            "hint": item["hint"],
            "options": [each["text"] for each in (*item["rows"], *item["options"])],
        }
        for item in Questionnaire(build_draft_content(draft)).questions
    ]


@transaction.atomic
def begin_round(
    *, consultation: ConsultationPage, number: int, by: Any, seed: bytes, today: date | None = None
) -> tuple[PanelRound, tuple[str, ...]]:
    """A round over the draft as it stands, and its codes in clear, which are stored only as digests. The same seed
    returns the same round and codes, so a form sent twice makes one round. It ends an earlier round of which too few
    sent ticks; one whose ticks show must be told first."""
    require_permission(by, EDIT)
    ConsultationPage.objects.select_for_update().get(pk=consultation.pk)
    if not SHOWN_FROM <= number <= MOST:
        raise NotAllowed(f"A round has {SHOWN_FROM} to {MOST} members: of fewer, ticks could be told apart.")
    codes = tuple(islice(code_spelling.generate_codes(seed), number))
    questions = read_draft(consultation)
    if not questions:
        raise NotAllowed("This draft has no question yet.")
    key = uuid.UUID(bytes=seed[:16].ljust(16, b"\0"), version=4)
    earlier = PanelRound.objects.filter(consultation=consultation, changed="").exclude(pk=key)
    if earlier.filter(sent__gte=SHOWN_FROM).exists():
        raise NotAllowed(UNTOLD)
    earlier.exclude(codes={}).update(codes={})
    found, new = PanelRound.objects.get_or_create(
        pk=key,
        defaults={
            "consultation": consultation,
            "questions": questions,
            "codes": dict.fromkeys(sorted(code_spelling.digest_code(PURPOSE, code) for code in codes), False),
            "made_on": today or timezone.localdate(),
            "made_by": by,
        },
    )
    if new:
        record_event("panel round begun", by=by, obj=found, codes=number)
    return found, codes


def find_round(digest: str) -> PanelRound | None:
    """The open round that has a code with this digest."""
    return next((one for one in PanelRound.objects.exclude(codes={}) if digest in one.codes), None)


@transaction.atomic
def take_marks(
    *,
    digest: str,
    marks: Mapping[str, list[str]],
    words: Mapping[str, str] | None = None,
    language: str = "en",
    panel_round: PanelRound | None = None,
) -> bool:
    """Count a member's ticks ({question id: marks}), once for each code; returns whether they were new. Their words
    ({question id: text}) go to a reader also where the code was used or the round has ended meanwhile: nothing that was
    sent is lost. Only counts are kept, and no audit entry: neither says which ticks came together."""
    found = panel_round or find_round(digest)
    held = PanelRound.objects.select_for_update().filter(pk=found.pk).first() if found else None
    if held is None:
        return False
    asked = {question["id"] for question in held.questions}
    told = {question: text for question, text in (words or {}).items() if text and question in asked}
    panel_words_sent.send(PanelRound, panel_round=held, digest=digest, words=told, language=language)
    if held.codes.get(digest, True):
        return False
    for question in held.questions:
        counts = held.marks.setdefault(question["id"], {})
        for mark in set(marks.get(question["id"], ())) & set(PanelMark.values):
            counts[mark] = counts.get(mark, 0) + 1
    held.codes[digest], held.sent = True, held.sent + 1
    held.save(update_fields=["codes", "marks", "sent"])
    return True


@transaction.atomic
def end_round(*, panel_round: PanelRound, by: Any) -> PanelRound:
    """Erase the codes: from now on nobody sends ticks, and those of three members or more show."""
    require_permission(by, EDIT)
    held = PanelRound.objects.select_for_update().get(pk=panel_round.pk)
    held.codes = {}
    held.save(update_fields=["codes"])
    record_event("panel round ended", by=by, obj=held, members=held.sent)
    return held


@transaction.atomic
def tell_changes(*, panel_round: PanelRound, by: Any, changed: str, today: date | None = None) -> PanelRound:
    """Write what changed because of the panel, whose round is over. Everyone reads it once a colleague has agreed."""
    require_permission(by, EDIT)
    require_words(changed, "Say what changed, or that nothing did, and why.")
    if found := REVEALING_WORDS.search(changed):
        raise NotAllowed(NOT_NEUTRAL.format(word=found[0]))
    if grade_text(changed) > PARENTS:  # words of the questions stand in it, which a child’s own text would not have
        raise NotAllowed(TOO_HARD)
    held = PanelRound.objects.select_for_update().get(pk=panel_round.pk)
    if not held.marks_show:
        raise NotAllowed(NOBODY_SENT if held.is_over else RUNS)
    if held.agreed_on:
        raise NotAllowed(AGREED)
    held.changed, held.told_by, held.told_on, held.codes = changed.strip(), by, today or timezone.localdate(), {}
    held.save(update_fields=["changed", "told_by", "told_on", "codes"])
    record_event("panel round told", by=by, obj=held, members=held.sent)
    return held


@transaction.atomic
def agree_to_changes(*, panel_round: PanelRound, by: Any, words: str, today: date | None = None) -> PanelRound:
    """The second person, who has read `words`: from now on the public page tells them."""
    require_permission(by, EDIT)
    held = PanelRound.objects.select_for_update().get(pk=panel_round.pk)
    if not held.waits or held.changed != words:
        raise NotAllowed(CHANGED_MEANWHILE)
    if held.told_by_id == by.pk:
        raise NotAllowed(BY_ANOTHER)
    held.agreed_by, held.agreed_on = by, today or timezone.localdate()
    held.save(update_fields=["agreed_by", "agreed_on"])
    record_event("panel round agreed", by=by, obj=held)
    return held


@transaction.atomic
def take_back_changes(*, panel_round: PanelRound, by: Any) -> PanelRound:
    """One person is enough for it: nobody reads the words any more, and they can be written anew."""
    require_permission(by, EDIT)
    held = PanelRound.objects.select_for_update().get(pk=panel_round.pk)
    if not held.changed:
        raise NotAllowed(CHANGED_MEANWHILE)
    held.changed, held.told_by, held.told_on, held.agreed_by, held.agreed_on = "", None, None, None, None
    held.save(update_fields=["changed", "told_by", "told_on", "agreed_by", "agreed_on"])
    record_event("panel round taken back", by=by, obj=held)
    return held
