"""Pages and a sheet that compare who has answered with benchmarks; forms and CSV import of benchmarks."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from consultation import handover
from consultation.access import may_see_consultations, staff_view
from consultation.file_output.spreadsheets import deliver_table
from insights.access import require_consultation
from insights.coding.models import Codebook
from insights.disclosure.disclosure_presets import find_preset, serialise_preset
from insights.disclosure.disclosure_rules import MOST_NOISE, NEARLY_ALL
from insights.forms import render_file_trial, render_form, save_form
from insights.releases.disclosure_log import iterate_log_rows, log_tables
from insights.representation import actions, benchmark_parsing, policies, representation_overview
from insights.representation.dimensions import list_benchmark_dimensions, unasked_dimension
from insights.representation.forms import BenchmarkFileForm, BenchmarkForm
from insights.representation.models import Benchmark, BenchmarkBasis, ReachPicture
from insights.representation.representation_overview import DimensionSection

EXAMPLE_SOURCE = "Who counted, and where it is published"
COLUMNS = (
    "As of", "By", "Group", "People", "Percent of answers", "Percent from", "Percent to", "Benchmark", "Source", "Dated",
    "Benchmark number", "Benchmark percent", "Ratio", "Ratio from", "Ratio to", "In words", "Codebook",
)  # fmt: skip
HIDDEN = "hidden"
OWN_RULES = serialise_preset(find_preset("default"))  # of a small freeze, whatever those of releases are


@staff_view(policies.may_see_representation, method="GET")
def show_representation_overview(request):
    """Groups not heard, over all consultations; in alphabetical order, since it is no ranking."""
    found = representation_overview.group_by_audience(representation_overview.list_consultation_rows())
    return render(request, "insights/representation/overview.html", {"section": "representation", "audiences": found})


@staff_view(policies.may_see_representation, method="GET")
def show_representation(request, slug):
    scheduled = handover.find_scheduled_consultation(slug) if may_see_consultations(request.user) else None
    page = scheduled or require_consultation(slug)
    picture = ReachPicture.objects.filter(consultation=page).first()
    benchmarks = representation_overview.benchmarks_of(page)
    sections = representation_overview.sections_of(page, picture)
    asked = list_benchmark_dimensions(page)
    titles = {each.key: each.title for each in asked}
    context = {
        "section": "representation",
        "consultation": page,
        "picture": picture,
        "awaits_opening": representation_overview.is_before_answers(page.state, picture),
        "sections": sections,
        "people": representation_overview.shown_people_count(sections),
        "missing": [each for found in sections for each in found.missing],
        "compared": any(found.compared for found in sections),
        "benchmarks": [(each, titles.get(each.about)) for each in benchmarks],
        "dimensions": asked,
        "noise": MOST_NOISE,
        "may_set": bool(asked) and policies.may_set_benchmarks(request.user),
        "may_take_away": policies.may_export_representation(request.user),
    }
    return render(request, "insights/representation/consultation.html", context)


@staff_view(policies.may_export_representation, method="GET")
def download_representation(request, slug):
    page = require_consultation(slug)
    picture = get_object_or_404(ReachPicture, consultation=page)
    sections = representation_overview.sections_of(page, picture)
    return deliver_table(
        by=request.user,
        kind="reach of a consultation",
        name=f"{page.slug}-reach-{picture.as_of:%Y-%m-%d}",
        columns=COLUMNS,
        rows=iterate_representation_rows(picture, sections),
        obj=page,
    )


@staff_view(policies.may_set_benchmarks)
def add_benchmark(request, slug):
    """A new benchmark of the dimension with the key `?about=`."""
    page = require_consultation(slug)
    dimension = _find_dimension(page, request.GET.get("about", ""))
    if dimension is None:
        raise Http404
    return _show_benchmark_form(request, page, dimension)


@staff_view(policies.may_set_benchmarks)
def edit_benchmark(request, slug, pk):
    page = require_consultation(slug)
    benchmark = get_object_or_404(Benchmark.objects.of(page), pk=pk)
    return _show_benchmark_form(
        request, page, _find_dimension(page, benchmark.about) or unasked_dimension(benchmark.about), benchmark
    )


def _find_dimension(page, key):
    return next((each for each in list_benchmark_dimensions(page) if each.key == key), None)


def _show_benchmark_form(request, page, dimension, benchmark=None):
    form = BenchmarkForm(request.POST or None, dimension=dimension, benchmark=benchmark)
    if kept := save_form(request, form, _set_benchmark, page=page, about=dimension.key, benchmark=benchmark):
        messages.success(request, f"“{kept.name}” is kept. The page compares with it now.")
        return redirect("insights:representation-of", page.slug)
    context = {
        "section": "representation",
        "consultation": page,
        "benchmark": benchmark,
        "heading": f"Change “{benchmark.name}”" if benchmark else f"Add a benchmark: {dimension.title}",
        "save": "Keep",
        "crumbs": _build_crumbs(page),
    }
    return render_form(request, form, "insights/representation/benchmark.html", **context)


def _build_crumbs(page):
    return [
        ("Reach", reverse("insights:representation")),
        (page.title, reverse("insights:representation-of", args=[page.slug])),
    ]


def _set_benchmark(*, page, for_all, **told):
    return actions.set_benchmark(consultation=None if for_all else page, **told)


@staff_view(policies.may_set_benchmarks, method="POST")
def remove_benchmark(request, slug, pk):
    page = require_consultation(slug)
    benchmark = get_object_or_404(Benchmark.objects.of(page), pk=pk)
    name = benchmark.name
    actions.remove_benchmark(benchmark=benchmark, by=request.user)
    messages.success(request, f"“{name}” is gone. That it was there stays in the audit log.")
    return redirect("insights:representation-of", page.slug)


@staff_view(policies.may_set_benchmarks)
def import_benchmarks(request, slug):
    """Import a CSV file: first a dry run, whose text can be corrected on the page, then the same again to save it."""
    page, found, text = require_consultation(slug), None, ""
    form = BenchmarkFileForm(request.POST or None, request.FILES or None)
    for_all = form.is_valid() and form.cleaned_data["for_all"]
    if form.is_valid():
        text, found = _parse_submitted_file(form, page)
        if form.is_to_keep and not found.problems and _save_benchmarks(request, found):
            return redirect("insights:representation-of", page.slug)
    titles = {each.key: each.title for each in _importable_dimensions(page, for_all)}
    context = {
        "section": "representation",
        "consultation": page,
        "heading": "Import numbers from a file",
        "crumbs": _build_crumbs(page),
        "form": BenchmarkFileForm(initial={"text": text, "for_all": for_all}),
        "new": [
            (each, titles[each["about"]], actions.find_existing_benchmark(each))
            for each in (found.benchmarks if found else ())
        ],
        "dimensions": list_benchmark_dimensions(page),
    }
    return render_file_trial(request, "insights/representation/import.html", found, **context)


def _save_benchmarks(request, found):
    try:
        kept = actions.set_benchmarks(by=request.user, benchmarks=found.benchmarks)
    except ValidationError as error:
        found.wrong(0, " ".join(error.messages))
        return False
    messages.success(request, f"Kept: {', '.join(each.name for each in kept)}. The page compares with it now.")
    return True


def _parse_submitted_file(form, page):
    """(text, parsed benchmarks) of the uploaded file, or else of the text box."""
    for_all, text = form.cleaned_data["for_all"], form.read(benchmark_parsing.MOST_BYTES)
    found = benchmark_parsing.parse_benchmarks(text, _importable_dimensions(page, for_all), timezone.localdate())
    if for_all and any(each["basis"] == BenchmarkBasis.INVITED for each in found.benchmarks):
        found.wrong(
            0, "People were invited to one consultation. Take the tick away, or bring them in a file of their own."
        )
    owner = {"consultation": None if for_all else page}
    found.benchmarks = [each | owner for each in found.benchmarks]
    return text or "", found


def _importable_dimensions(page, for_all):
    """The dimensions of this consultation, and with `for_all` of every other after them."""
    pages = [page, *(handover.list_consultations() if for_all else [])]
    return [each for asked in pages for each in list_benchmark_dimensions(asked)]


@staff_view(policies.may_set_benchmarks, method="GET")
def download_benchmark_template(request, slug):
    """A CSV template with the groups of this consultation."""
    page = require_consultation(slug)
    day = timezone.localdate().isoformat()
    lines = [
        [f"Name of the count of {each.title.lower()}", each.title, label, "", EXAMPLE_SOURCE, day, "lives here"]
        for each in list_benchmark_dimensions(page)
        for _, label in each.comparable_groups
    ]
    columns = [*benchmark_parsing.COLUMNS, *benchmark_parsing.OPTIONAL_COLUMNS]
    return deliver_table(
        by=request.user, kind="empty sheet for benchmarks", name="benchmarks", columns=columns, rows=lines
    )


def iterate_representation_rows(picture: ReachPicture, sections: list[DimensionSection]) -> Iterator[list[Any]]:
    """The codebook is the one in force for the consultation's answers in words; no figure here counts a theme."""
    codebook = Codebook.objects.filter(slug=picture.consultation.codebook).first()
    as_of, in_force = picture.as_of.isoformat(), str((codebook and codebook.current) or "")
    for section in sections:
        for comparison in section.comparisons:
            by = comparison.benchmark
            benchmark = [by.name, by.source, by.dated.isoformat()] if by else ["", "", ""]
            for row in [*comparison.rows, *([comparison.not_said] if comparison.not_said else [])]:
                people = [
                    row.label,
                    row.symbol or HIDDEN if row.value is None else row.value,
                    row.percent,
                    row.low,
                    row.high,
                ]
                compared = [row.number, row.expected, *(row.ratio or ("", "", "")), row.words]
                yield [as_of, section.figure["title"], *people, *benchmark, *compared, in_force]
    log, at = log_tables([_build_log_table(one) for one in sections], OWN_RULES), ("By", "Group", "In words", "People")
    yield from iterate_log_rows(log, COLUMNS, at, {"As of": as_of, "Codebook": in_force})


def _build_log_table(section: DimensionSection) -> dict[str, Any]:
    """A section as the log reads tables. What has no sign is hidden as nearly everyone of a benchmark."""
    one = section.comparisons[0]
    rows = [*one.rows, *([one.not_said] if one.not_said else [])]
    if section.figure["total"] is None:
        return {"refused": True}
    return {"rows": [{"value": row.value, "symbol": row.symbol or NEARLY_ALL} for row in rows]}
