"""The public page "Hear by Right" and the officers' pages of its self-assessment."""

from urllib.parse import urlsplit

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.site.hear_by_right import actions
from cms.site.hear_by_right.listening_standards import find_indicator, list_standards
from cms.site.hear_by_right.models import AssessmentStage, SelfAssessment
from cms.site.pages.language_links import list_language_links
from consultation.access import staff_view
from consultation.interface_text import get_text
from consultation.reading.response_times.read_figures import get_cached_read_share
from insights.forms import save_form

EVIDENCE_HINT = "Write each as: words | address. The address begins with / (a page here) or https://."


class AssessmentForm(forms.Form):
    stage = forms.ChoiceField(label="How far are we?", choices=AssessmentStage, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What we do, in plain words",
        help_text="Children read this. No names of people.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label="What shows it",
        help_text=EVIDENCE_HINT,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_evidence(self):
        lines = [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]
        return [_parse_evidence_line(line) for line in lines]


def _parse_evidence_line(line):
    label, bar, address = (part.strip() for part in line.rpartition("|"))
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    if not bar or not label or not (ours or (parts.scheme == "https" and parts.hostname)):
        raise forms.ValidationError(f"This line is not understood: {line[:80]}. {EVIDENCE_HINT}")
    return {"label": label[:120], "address": address}


def format_evidence(evidence):
    return "\n".join(f"{each['label']} | {each['address']}" for each in evidence)


def _list_standards_with_findings():
    """[(standard, [(indicator, newest self-assessment or None)])]."""
    found = SelfAssessment.objects.select_related("assessed_by").latest_of_each()
    return [(one, [(each, found.get(each.id)) for each in one.indicators]) for one in list_standards()]


@require_safe
def show_hear_by_right(request):
    rows = _list_standards_with_findings()
    days = [found.assessed_on for _, pairs in rows for _, found in pairs if found]
    context = {
        "rows": rows,
        "read_share": get_cached_read_share(),
        "last": max(days, default=None),
        "language_links": list_language_links("hear-by-right/"),
        "social": {"title": get_text("hear.title"), "words": get_text("hear.intro")},
    }
    return render(request, "cms/site/hear_by_right/hear_by_right.html", context)


@staff_view(actions.MAY, method="GET")
def show_assessment(request):
    return render(request, "cms/site/hear_by_right/assessment.html", {"rows": _list_standards_with_findings()})


@staff_view(actions.MAY)
def edit_assessment(request, indicator):
    asked = find_indicator(indicator)
    if asked is None:
        raise Http404
    before = SelfAssessment.objects.filter(indicator=indicator).select_related("assessed_by")
    initial = {}
    if last := before.first():
        initial = {"stage": last.stage, "words": last.words, "evidence": format_evidence(last.evidence)}
    form = AssessmentForm(request.POST or None, initial=initial)
    done = "Written down. It shows on the public page, with today's date."
    if save_form(request, form, actions.record_assessment, done, indicator=asked.id):
        return redirect("standards:assessment")
    context = {"form": form, "asked": asked, "before": before}
    return render(request, "cms/site/hear_by_right/assess.html", context, status=422 if form.errors else 200)
