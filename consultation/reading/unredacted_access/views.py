"""The original of a decided answer beside its redaction: what each tag stands for, and who opened it before."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from consultation.audit.erasure_types import RETENTION_RUN
from consultation.audit.models import AuditEntry
from consultation.reading import redaction_marks
from consultation.reading import redaction_spans as redactions
from consultation.reading.erasures import RawTextErasure
from consultation.reading.models import Reading
from consultation.reading.unredacted_access import actions
from consultation.reading.unredacted_access.policies import DECIDED
from consultation.responses.asked_question import build_asked_question
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.models import TriageCase
from consultation.surveys.models import ConsultationPage


@dataclass(frozen=True)
class ErasedOriginal:
    """Several runs may have erased a consultation's texts; no record says which run erased which text."""

    line: str
    keep: str
    first: date | None  # None: the log has no run, as after a restore
    last: date | None


def find_erasure(page: ConsultationPage) -> ErasedOriginal:
    runs = AuditEntry.objects.filter(
        verb=RETENTION_RUN, object_type="consultationpage", object_id=str(page.pk)
    ).order_by("seq")
    days = [date.fromisoformat(str(run.day)) for run in runs if run.data.get("erased") == RawTextErasure.slug]
    return ErasedOriginal(
        RawTextErasure.line, RawTextErasure.keep, days[0] if days else None, days[-1] if days else None
    )


class OriginalForm(PostedForm):
    reason = forms.CharField(required=False)


@staff_view("consultation.read_raw")
def show_original(request, pk):
    reading = get_object_or_404(
        Reading.objects.select_related("answer__response__version", "reader"), pk=pk, answer__state__in=DECIDED
    )
    if reading.answer.response.withdrawn or _is_hidden_from(request.user, reading):
        raise Http404
    form = OriginalForm.of(request)
    if not form.is_bound:
        return _render_original(request, reading)
    try:
        words = actions.open_original(answer=reading.answer, by=request.user, **form.chosen())
    except NotAllowed as refused:
        return _render_original(request, reading, error=str(refused), reason=form.typed("reason"), status=422)
    except VaultLocked:
        error = "The key to this answer is not on this machine. Ask an administrator."
        return _render_original(request, reading, error=error, reason=form.typed("reason"), status=503)
    return _render_original(request, reading, words=words)


def _is_hidden_from(user, reading):
    """Triaged answers are for leads alone, and not for an agency from which the case is hidden (D7)."""
    if reading.was_triaged and not user.has_perm("consultation.see_triage"):
        return True
    return TriageCase.objects.hidden_from(user).filter(answer=reading.pk).exists()


def _render_original(request, reading, words=None, error="", reason="", status=200):
    context = {
        "reading": reading,
        "asked": build_asked_question(reading.answer),
        "openings": reading.answer.openings.select_related("by"),
        "opened": words is not None,
        "error": error,
        "reason": reason,
        "gone": None if reading.answer.sealed else find_erasure(reading.answer.response.version.page),
    }
    if words is not None:
        marks = redaction_marks.marks_from_spans(reading.spans)
        tags = redactions.list_redaction_tags(words, reading.spans)
        context |= {
            "pieces": redaction_marks.build_marked_runs(marks, words, redaction_marks.group_marks(marks, words)),
            "replaced": [(tag, words[s["start"] : s["end"]]) for tag, s in zip(tags, reading.spans, strict=True)],
        }
    return render(request, "consultation/reading/unredacted_access/original.html", context, status=status)
