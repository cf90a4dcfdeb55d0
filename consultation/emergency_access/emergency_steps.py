"""Steps of an emergency access, read from the audit log, without those hidden from a lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consultation.audit.models import AuditEntry
from consultation.responses.asked_question import build_asked_question
from consultation.responses.models import Answer
from consultation.safeguarding.models import TriageCase

PAGE_SIZE = 100
STEP_LABELS = {
    "break-glass access": "Opened",
    "break-glass search": "Looked for words",
    "break-glass words seen": "Saw the words of an answer",
    "break-glass case opened": "Brought an answer to triage",
    "break-glass access given back": "Given back",
    "break-glass access reviewed": "Reviewed",
    "triage alerted": "Alert sent",
}


@dataclass(frozen=True)
class EmergencyStep:
    entry: AuditEntry
    said: str
    question: str = ""


def list_entry_numbers(access: Any, lead: Any) -> list[int]:
    """Numbers of the log entries about this access, in order, without those about an answer whose case is hidden from
    this lead (D7)."""
    entries = AuditEntry.objects.filter(object_type="emergencyaccess", object_id=str(access.pk)).order_by("seq")
    done = list(entries.values_list("seq", "data"))
    keys = {data["answer"] for _, data in done if data.get("answer")}
    hidden = TriageCase.objects.hidden_from(lead).filter(answer__isnull=False).values_list("answer_id", flat=True)
    left_out = keys & {str(key) for key in hidden}
    return [seq for seq, data in done if data.get("answer") not in left_out]


def describe_entries(places: Iterable[int]) -> list[EmergencyStep]:
    """The log entries with these numbers, described in words."""
    entries = list(AuditEntry.objects.filter(seq__in=list(places)).order_by("seq"))
    keys = [entry.data["answer"] for entry in entries if entry.data.get("answer")]
    answers = Answer.objects.filter(pk__in=keys).select_related("response__version").defer("sealed")
    asked_of = {str(answer.pk): build_asked_question(answer) for answer in answers}
    return [_build_step(entry, asked_of) for entry in entries]


def _build_step(entry: AuditEntry, asked_of: dict[str, Any]) -> EmergencyStep:
    said, about = STEP_LABELS.get(entry.verb, entry.verb), asked_of.get(entry.data.get("answer", ""))
    if entry.verb == "break-glass search":
        said = f"{said}: {entry.data['found']} of {entry.data['looked']} answers had them"
    return EmergencyStep(entry, said, (about.english or about.text) if about else "")
