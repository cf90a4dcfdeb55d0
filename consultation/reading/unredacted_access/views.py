"""The original of a decided answer beside its redaction: what each tag stands for, and who opened it before."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from consultation.access import NotAllowed, staff_view
from consultation.action_forms import PostedForm
from consultation.reading import redaction_marks
from consultation.reading import redaction_spans as redactions
from consultation.reading.models import Reading
from consultation.reading.unredacted_access import actions, erased_originals
from consultation.reading.unredacted_access.policies import DECIDED
from consultation.responses.asked_question import build_asked_question
from consultation.responses.vault import VaultLocked
from consultation.safeguarding.models import TriageCase


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
        "gone": None if reading.answer.sealed else erased_originals.find_erasure(reading.answer.response.version.page),
    }
    if words is not None:
        marks = redaction_marks.marks_from_spans(reading.spans)
        tags = redactions.list_redaction_tags(words, reading.spans)
        context |= {
            "pieces": redaction_marks.build_marked_runs(marks, words, redaction_marks.group_marks(marks, words)),
            "replaced": [(tag, words[s["start"] : s["end"]]) for tag, s in zip(tags, reading.spans, strict=True)],
        }
    return render(request, "consultation/reading/unredacted_access/original.html", context, status=status)
