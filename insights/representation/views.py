"""Pages that compare who has answered with benchmarks; forms and CSV import of benchmarks."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation import handover
from consultation.file_output.spreadsheets import deliver_table
from insights.disclosure.steady_figures import MOST_LAG
from insights.representation import actions, benchmark_parsing, policies, representation_overview, representation_sheet
from insights.representation.dimensions import list_dimensions, unasked_dimension
from insights.representation.forms import BenchmarkFileForm, BenchmarkForm
from insights.representation.models import Benchmark, BenchmarkBasis, ReachPicture

EXAMPLE_SOURCE = "Who counted, and where it is published"


def require_policy(policy):
    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not policy(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(login_required(guarded))

    return decorate


def _get_consultation(slug):
    found = handover.list_consultations().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@require_policy(policies.may_see_reach)
@require_safe
def show_reach_overview(request):
    """Groups not heard, over all consultations; in alphabetical order, since it is no ranking."""
    found = representation_overview.group_by_audience(representation_overview.list_consultation_rows())
    return render(request, "insights/representation/overview.html", {"section": "representation", "audiences": found})


@require_policy(policies.may_see_reach)
@require_safe
def show_consultation_reach(request, slug):
    page = _get_consultation(slug)
    picture = ReachPicture.objects.filter(consultation=page).first()
    benchmarks = representation_overview.benchmarks_of(page)
    sections = representation_overview.build_sections(picture, benchmarks) if picture else []
    asked = list_dimensions(page)
    titles = {each.key: each.title for each in asked}
    context = {
        "section": "representation",
        "consultation": page,
        "picture": picture,
        "sections": sections,
        "people": representation_overview.shown_people_count(sections),
        "missing": [each for found in sections for each in found.missing],
        "compared": any(found.compared for found in sections),
        "benchmarks": [(each, titles.get(each.about)) for each in benchmarks],
        "dimensions": asked,
        "lag": MOST_LAG,
        "may_set": policies.may_set_benchmarks(request.user),
        "may_take_away": policies.may_export_reach(request.user),
    }
    return render(request, "insights/representation/consultation.html", context)


@require_policy(policies.may_export_reach)
@require_safe
def download_reach_sheet(request, slug):
    page = _get_consultation(slug)
    picture = get_object_or_404(ReachPicture, consultation=page)
    sections = representation_overview.build_sections(picture, representation_overview.benchmarks_of(page))
    return deliver_table(
        by=request.user,
        kind="reach of a consultation",
        name=f"{page.slug}-reach-{picture.as_of:%Y-%m-%d}",
        columns=representation_sheet.COLUMNS,
        rows=representation_sheet.iterate_reach_rows(picture, sections),
        obj=page,
    )


@require_policy(policies.may_set_benchmarks)
@require_http_methods(["GET", "HEAD", "POST"])
def add_benchmark(request, slug):
    """A new benchmark of the dimension with the key `?about=`."""
    page = _get_consultation(slug)
    return _show_benchmark_form(request, page, _get_dimension(page, request.GET.get("about", "")))


@require_policy(policies.may_set_benchmarks)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_benchmark(request, slug, pk):
    page = _get_consultation(slug)
    benchmark = get_object_or_404(Benchmark.objects.of(page), pk=pk)
    return _show_benchmark_form(
        request, page, _find_dimension(page, benchmark.about) or unasked_dimension(benchmark.about), benchmark
    )


def _get_dimension(page, key):
    found = _find_dimension(page, key)
    if found is None:
        raise Http404
    return found


def _find_dimension(page, key):
    return next((each for each in list_dimensions(page) if each.key == key), None)


def _show_benchmark_form(request, page, dimension, benchmark=None):
    form = BenchmarkForm(request.POST or None, dimension=dimension, benchmark=benchmark)
    if request.method == "POST" and form.is_valid() and _save_benchmark(request, form, page, dimension, benchmark):
        return redirect("insights:representation-of", page.slug)
    context = {
        "section": "representation",
        "consultation": page,
        "dimension": dimension,
        "benchmark": benchmark,
        "form": form,
    }
    return render(request, "insights/representation/benchmark.html", context, status=422 if form.errors else 200)


def _save_benchmark(request, form, page, dimension, benchmark):
    told = {name: form.cleaned_data[name] for name in ("name", "source", "dated", "basis")}
    owner = None if form.cleaned_data["for_all"] else page
    try:
        actions.set_benchmark(
            by=request.user, about=dimension.key, groups=form.groups, consultation=owner, benchmark=benchmark, **told
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, f"“{told['name']}” is kept. The page compares with it now.")
    return True


@require_policy(policies.may_set_benchmarks)
@require_POST
def remove_benchmark(request, slug, pk):
    page = _get_consultation(slug)
    benchmark = get_object_or_404(Benchmark.objects.of(page), pk=pk)
    name = benchmark.name
    actions.remove_benchmark(benchmark=benchmark, by=request.user)
    messages.success(request, f"“{name}” is gone. That it was there stays in the audit log.")
    return redirect("insights:representation-of", page.slug)


@require_policy(policies.may_set_benchmarks)
@require_http_methods(["GET", "HEAD", "POST"])
def import_benchmarks(request, slug):
    """Import a CSV file: first a dry run, whose text can be corrected on the page, then the same again to save it."""
    page, found, text = _get_consultation(slug), None, ""
    for_all = request.POST.get("for_all") == "on"
    if request.method == "POST":
        text, found = _parse_submitted_file(request, page, for_all)
        if request.POST.get("do") == "keep" and not found.problems and _save_benchmarks(request, found):
            return redirect("insights:representation-of", page.slug)
    titles = {each.key: each.title for each in _importable_dimensions(page, for_all)}
    context = {
        "section": "representation",
        "consultation": page,
        "form": BenchmarkFileForm(initial={"text": text, "for_all": for_all}),
        "found": found,
        "problems": found.problems[:50] if found else [],
        "more": max(len(found.problems) - 50, 0) if found else 0,
        "new": [(each, titles[each["about"]], actions.find_existing_benchmark(each)) for each in found.benchmarks]
        if found
        else [],
        "dimensions": list_dimensions(page),
    }
    return render(
        request, "insights/representation/import.html", context, status=422 if found and found.problems else 200
    )


def _save_benchmarks(request, found):
    try:
        kept = actions.set_benchmarks(by=request.user, benchmarks=found.benchmarks)
    except ValidationError as error:
        found.wrong(0, " ".join(error.messages))
        return False
    messages.success(request, f"Kept: {', '.join(each.name for each in kept)}. The page compares with it now.")
    return True


def _parse_submitted_file(request, page, for_all):
    """(text, parsed benchmarks) of the uploaded file, or else of the text box."""
    uploaded = request.FILES.get("file")
    if uploaded is not None and uploaded.size > benchmark_parsing.MOST_BYTES:
        return "", benchmark_parsing.ParsedBenchmarks(
            problems=[benchmark_parsing.BenchmarkProblem(0, benchmark_parsing.TOO_LONG)]
        )
    text = benchmark_parsing.decode_file(uploaded.read()) if uploaded else request.POST.get("text", "")
    found = benchmark_parsing.parse_benchmarks(text, _importable_dimensions(page, for_all), timezone.localdate())
    if for_all and any(each["basis"] == BenchmarkBasis.INVITED for each in found.benchmarks):
        found.wrong(
            0, "People were invited to one consultation. Take the tick away, or bring them in a file of their own."
        )
    owner = {"consultation": None if for_all else page}
    found.benchmarks = [each | owner for each in found.benchmarks]
    return text, found


def _importable_dimensions(page, for_all):
    """The dimensions of this consultation, and with `for_all` of every other after them."""
    pages = [page, *(handover.list_consultations().exclude(pk=page.pk) if for_all else [])]
    return [each for asked in pages for each in list_dimensions(asked)]


@require_policy(policies.may_set_benchmarks)
@require_safe
def download_benchmark_template(request, slug):
    """A CSV template with the groups of this consultation."""
    page = _get_consultation(slug)
    day = timezone.localdate().isoformat()
    lines = [
        [f"Name of the count of {each.title.lower()}", each.title, label, "", EXAMPLE_SOURCE, day, "lives here"]
        for each in list_dimensions(page)
        for _, label in each.comparable
    ]
    columns = [*benchmark_parsing.COLUMNS, *benchmark_parsing.OPTIONAL_COLUMNS]
    return deliver_table(
        by=request.user, kind="empty sheet for benchmarks", name="benchmarks", columns=columns, rows=lines
    )
