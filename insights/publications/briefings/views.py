"""The staff briefing of a published result: a page, and one sheet to print. It holds what everyone can read already, and
no other figure."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from consultation.access import staff_view
from consultation.file_output.pdf.pdf_renderer import deliver_pdf
from insights.access import VIEW_REPORTS, require_consultation
from insights.decisions.models import Decision
from insights.disclosure.rules_wording import wording_of
from insights.publications.models import Results
from insights.publications.results_page import build_results_page

PAPER = "insights/publications/briefings/sheet.html"
MOST_THEMES, MOST_QUESTIONS, MOST_DECISIONS = 6, 4, 4  # so that it fits one sheet


def _build_context(slug):
    """Of the edition that everyone sees; 404 where none is published."""
    page = require_consultation(slug)
    results = Results.objects.newest_of(page)
    if results is None:
        raise Http404
    public = f"{settings.SITE_URL.rstrip('/')}/{settings.LANGUAGE_CODE}/have-your-say/{page.slug}/results/"
    context = {"section": "consultations", "consultation": page, "results": results, "public": public}
    return context | build_briefing(results)


@staff_view(VIEW_REPORTS, method="GET")
def show_briefing(request, slug):
    return render(request, "insights/publications/briefings/page.html", _build_context(slug))


@staff_view(VIEW_REPORTS, "insights.export", method="GET")
def download_briefing(request, slug):
    context = _build_context(slug)
    release = context["results"].release
    return deliver_pdf(
        request,
        PAPER,
        context,
        back=reverse("insights:briefing", args=[slug]),
        kind="a staff briefing",
        name=f"briefing-{slug}",
        obj=release,
        rules=release.rules,
    )


def build_briefing(results: Results) -> dict[str, Any]:
    """{shown: the public page, themes, questions: [(title, its answer with most people)], quote, decisions,
    more: how many decisions are left out, footnote}."""
    shown = build_results_page(results)
    most = [(one.title.text, one.most) for one in shown.questions if one.most and one.most.label.text]
    quotes = [quote for theme in shown.themes for quote in theme.quotes]
    decided = Decision.objects.published().of(results.consultation).order_by("-decided", "pk")
    return {
        "shown": shown,
        "themes": shown.themes[:MOST_THEMES],
        "questions": most[:MOST_QUESTIONS],
        "quote": next(iter(quotes), None),
        "decisions": decided[:MOST_DECISIONS],
        "more": max(0, decided.count() - MOST_DECISIONS),
        "footnote": wording_of(results.release.rules).in_one_line,
    }
