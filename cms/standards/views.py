"""The public page "Hear by Right" and the officers' pages of its self-assessment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cms.pages.languages import named_links
from cms.standards import actions
from cms.standards.forms import AssessmentForm, as_lines
from cms.standards.models import SelfAssessment
from cms.standards.table import indicators, standards
from consultation.words import word


def officers_only(view):
    return login_required(permission_required(actions.MAY, raise_exception=True)(view))


def _rows():
    """[(standard, [(indicator, newest self-assessment or None)])]."""
    found = SelfAssessment.objects.select_related("assessed_by").latest_of_each()
    return [(one, [(each, found.get(each.id)) for each in one.indicators]) for one in standards()]


@require_safe
def hear_by_right(request):
    rows = _rows()
    days = [found.assessed_on for _, pairs in rows for _, found in pairs if found]
    context = {
        "rows": rows,
        "last": max(days, default=None),
        "language_links": named_links("hear-by-right/"),
        "social": {"title": word("hear.title"), "words": word("hear.intro")},
    }
    return render(request, "cms/standards/hear_by_right.html", context)


@officers_only
@require_safe
def assessment(request):
    return render(request, "cms/standards/assessment.html", {"rows": _rows(), "total": len(indicators())})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request, indicator):
    asked = indicators().get(indicator)
    if asked is None:
        raise Http404
    before = SelfAssessment.objects.filter(indicator=indicator).select_related("assessed_by")
    form = AssessmentForm(request.POST or None, initial=_initial(before.first()))
    if request.method == "POST" and form.is_valid() and _saved(form, asked, request.user):
        messages.success(request, "Written down. It shows on the public page, with today's date.")
        return redirect("standards:assessment")
    context = {"form": form, "asked": asked, "before": before}
    return render(request, "cms/standards/assess.html", context, status=422 if form.errors else 200)


def _initial(last):
    return {"stage": last.stage, "words": last.words, "evidence": as_lines(last.evidence)} if last else {}


def _saved(form, asked, by):
    try:
        return actions.assess(indicator=asked.id, by=by, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None
