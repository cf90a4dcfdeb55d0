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
from consultation.audit.sheets import deliver
from insights.reach import actions, board, policies, reading, sheet
from insights.reach.dimensions import dimensions, no_longer_asked
from insights.reach.forms import BenchmarkForm, FileForm
from insights.reach.models import Basis, Benchmark, ReachPicture
from insights.reports.disclosure.steady import MOST_LAG

EXAMPLE_SOURCE = "Who counted, and where it is published"


def for_those(policy):
    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not policy(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(login_required(guarded))

    return decorate


def _page(slug):
    found = handover.consultations().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@for_those(policies.may_see)
@require_safe
def overview(request):
    """Groups not heard, over all consultations; in alphabetical order, since it is no ranking."""
    found = board.by_audience(board.lines())
    return render(request, "insights/reach/overview.html", {"section": "reach", "audiences": found})


@for_those(policies.may_see)
@require_safe
def consultation(request, slug):
    page = _page(slug)
    picture = ReachPicture.objects.filter(consultation=page).first()
    benchmarks = board.benchmarks_of(page)
    sections = board.sections(picture, benchmarks) if picture else []
    asked = dimensions(page)
    titles = {each.key: each.title for each in asked}
    context = {
        "section": "reach",
        "consultation": page,
        "picture": picture,
        "sections": sections,
        "people": board.people(sections),
        "missing": [each for found in sections for each in found.missing],
        "compared": any(found.compared for found in sections),
        "benchmarks": [(each, titles.get(each.about)) for each in benchmarks],
        "dimensions": asked,
        "lag": MOST_LAG,
        "may_set": policies.may_set(request.user),
        "may_take_away": policies.may_take_away(request.user),
    }
    return render(request, "insights/reach/consultation.html", context)


@for_those(policies.may_take_away)
@require_safe
def as_sheet(request, slug):
    page = _page(slug)
    picture = get_object_or_404(ReachPicture, consultation=page)
    sections = board.sections(picture, board.benchmarks_of(page))
    return deliver(
        by=request.user,
        kind="reach of a consultation",
        name=f"{page.slug}-reach-{picture.as_of:%Y-%m-%d}",
        columns=sheet.COLUMNS,
        rows=sheet.rows(picture, sections),
        obj=page,
    )


@for_those(policies.may_set)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, slug):
    """A new benchmark of the dimension with the key `?about=`."""
    page = _page(slug)
    return _benchmark_form(request, page, _dimension(page, request.GET.get("about", "")))


@for_those(policies.may_set)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug, pk):
    page = _page(slug)
    benchmark = get_object_or_404(Benchmark.objects.of(page), pk=pk)
    return _benchmark_form(request, page, _asked(page, benchmark.about) or no_longer_asked(benchmark.about), benchmark)


def _dimension(page, key):
    found = _asked(page, key)
    if found is None:
        raise Http404
    return found


def _asked(page, key):
    return next((each for each in dimensions(page) if each.key == key), None)


def _benchmark_form(request, page, dimension, benchmark=None):
    form = BenchmarkForm(request.POST or None, dimension=dimension, benchmark=benchmark)
    if request.method == "POST" and form.is_valid() and _kept(request, form, page, dimension, benchmark):
        return redirect("insights:reach-of", page.slug)
    context = {
        "section": "reach",
        "consultation": page,
        "dimension": dimension,
        "benchmark": benchmark,
        "form": form,
    }
    return render(request, "insights/reach/benchmark.html", context, status=422 if form.errors else 200)


def _kept(request, form, page, dimension, benchmark):
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


@for_those(policies.may_set)
@require_POST
def remove(request, slug, pk):
    page = _page(slug)
    benchmark = get_object_or_404(Benchmark.objects.of(page), pk=pk)
    name = benchmark.name
    actions.remove_benchmark(benchmark=benchmark, by=request.user)
    messages.success(request, f"“{name}” is gone. That it was there stays in the audit log.")
    return redirect("insights:reach-of", page.slug)


@for_those(policies.may_set)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request, slug):
    """Import a CSV file: first a dry run, whose text can be corrected on the page, then the same again to save it."""
    page, found, text = _page(slug), None, ""
    for_all = request.POST.get("for_all") == "on"
    if request.method == "POST":
        text, found = _tried(request, page, for_all)
        if request.POST.get("do") == "keep" and not found.problems and _all_kept(request, found):
            return redirect("insights:reach-of", page.slug)
    titles = {each.key: each.title for each in _may_be_about(page, for_all)}
    context = {
        "section": "reach",
        "consultation": page,
        "form": FileForm(initial={"text": text, "for_all": for_all}),
        "found": found,
        "problems": found.problems[:50] if found else [],
        "more": max(len(found.problems) - 50, 0) if found else 0,
        "new": [(each, titles[each["about"]], actions.standing(each)) for each in found.benchmarks] if found else [],
        "dimensions": dimensions(page),
    }
    return render(request, "insights/reach/bring.html", context, status=422 if found and found.problems else 200)


def _all_kept(request, found):
    try:
        kept = actions.set_benchmarks(by=request.user, benchmarks=found.benchmarks)
    except ValidationError as error:
        found.wrong(0, " ".join(error.messages))
        return False
    messages.success(request, f"Kept: {', '.join(each.name for each in kept)}. The page compares with it now.")
    return True


def _tried(request, page, for_all):
    """(text, parsed benchmarks) of the uploaded file, or else of the text box."""
    uploaded = request.FILES.get("file")
    if uploaded is not None and uploaded.size > reading.MOST_BYTES:
        return "", reading.Found(problems=[reading.Problem(0, reading.TOO_LONG)])
    text = reading.text_of(uploaded.read()) if uploaded else request.POST.get("text", "")
    found = reading.read(text, _may_be_about(page, for_all), timezone.localdate())
    if for_all and any(each["basis"] == Basis.INVITED for each in found.benchmarks):
        found.wrong(
            0, "People were invited to one consultation. Take the tick away, or bring them in a file of their own."
        )
    owner = {"consultation": None if for_all else page}
    found.benchmarks = [each | owner for each in found.benchmarks]
    return text, found


def _may_be_about(page, for_all):
    """The dimensions of this consultation, and with `for_all` of every other after them."""
    pages = [page, *(handover.consultations().exclude(pk=page.pk) if for_all else [])]
    return [each for asked in pages for each in dimensions(asked)]


@for_those(policies.may_set)
@require_safe
def example(request, slug):
    """A CSV template with the groups of this consultation."""
    page = _page(slug)
    day = timezone.localdate().isoformat()
    lines = [
        [f"Name of the count of {each.title.lower()}", each.title, label, "", EXAMPLE_SOURCE, day, "lives here"]
        for each in dimensions(page)
        for _, label in each.comparable
    ]
    columns = [*reading.COLUMNS, *reading.MAY]
    return deliver(by=request.user, kind="empty sheet for benchmarks", name="benchmarks", columns=columns, rows=lines)
