"""Pages of codebooks: overview, versions, comparison, permanent themes, import and export of files."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.audit.log import record
from consultation.audit.sheets import deliver
from insights.coding.codebooks import actions, board, past, policies, preview, reading, writing
from insights.coding.codebooks.forms import BeginForm, DescribeForm, FileForm
from insights.coding.codebooks.guards import book_of, for_those, version_of
from insights.coding.models import Theme

AT_MOST = 50  # problems listed on the import page


def page(request, name, status=200, **context):
    return render(request, f"insights/coding/codebooks/{name}.html", {"section": "coding", **context}, status=status)


def said(request, error):
    for words in error.messages:
        messages.error(request, words)


def to_version(version, theme=None):
    """Redirect to the page of a version, scrolled to `theme` if given."""
    url = reverse("insights:codebook-version", args=[version.codebook.slug, version.number])
    return redirect(f"{url}#theme-{theme.slug}" if theme else url)


@for_those(policies.may_see)
@require_safe
def codebooks(request):
    books, strangers = board.books()
    return page(request, "codebooks", books=books, strangers=strangers)


@for_those(policies.may_propose)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request):
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.begin_codebook(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("slug", error)
        else:
            messages.success(request, "The codebook is begun. Add its first theme, or bring them all from a file.")
            return to_version(version)
    return page(request, "begin", status=422 if form.errors else 200, form=form)


@for_those(policies.may_see)
@require_safe
def codebook(request, slug):
    book = book_of(slug)
    current = book.current
    context = {
        "book": book,
        "current": current,
        "draft": actions.draft_of(book),
        "versions": book.versions.order_by("-number").select_related("drafted_by").prefetch_related("approved_by"),
        "families": board.by_family(current) if current else [],
        "used_by": board.used_by(book),
        "waiting": board.waiting(book),
    }
    return page(request, "codebook", **context)


@for_those(policies.may_propose)
@require_POST
def begin_draft(request, slug):
    book = book_of(slug)
    try:
        version = actions.begin_draft(codebook=book, by=request.user)
    except ValidationError as error:
        said(request, error)
        return redirect("insights:codebook", slug)
    messages.success(request, "This draft says what the version in force says. Change what should be otherwise.")
    return to_version(version)


@for_those(policies.may_see)
@require_safe
def version(request, slug, number):
    return _version(request, version_of(slug, number))


def _version(request, found, status=200, form=None):
    approvers = list(found.approved_by.all())
    context = {
        "book": found.codebook,
        "version": found,
        "families": board.by_family(found),
        "approvers": approvers,
        "approved_by_me": request.user in approvers,
        "seen": actions.fingerprint(found) if found.is_draft else "",
        "acts": board.acts(found),
        "effects": preview.effects(found, request.user) if found.is_draft else [],
        "recoded": [] if found.is_draft else board.recoded(found),
        "differences": board.compared(found, found.based_on) if found.based_on else [],
        "form": form or DescribeForm(initial={"label": found.label, "why": found.why}),
        "may_change": found.is_draft and policies.may_propose(request.user),
        "may_approve": found.is_draft and policies.may_approve(request.user),
    }
    return page(request, "version", status=status, **context)


@for_those(policies.may_propose)
@require_POST
def describe(request, slug, number):
    found, form = version_of(slug, number), DescribeForm(request.POST)
    if not form.is_valid():
        return _version(request, found, status=422, form=form)
    try:
        actions.describe(version=found, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        said(request, error)
    else:
        messages.success(request, "Kept.")
    return to_version(found)


@for_those(policies.may_approve)
@require_POST
def approve(request, slug, number):
    found = version_of(slug, number)
    try:
        actions.approve(version=found, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        said(request, error)
        return to_version(found)
    if found.is_draft:
        messages.success(request, "You have approved this version. It waits for a second person.")
    else:
        messages.success(
            request, "This version is in force. What people had coded is recoded, and all of it is on record."
        )
    return to_version(found)


@for_those(policies.may_propose)
@require_POST
def set_aside(request, slug, number):
    found = version_of(slug, number)
    try:
        actions.set_aside(version=found, by=request.user)
    except ValidationError as error:
        said(request, error)
        return to_version(found)
    messages.success(request, "The draft is set aside. Nothing was recoded.")
    return redirect("insights:codebook", slug)


@for_those(policies.may_see)
@require_safe
def compare(request, slug, number, other):
    """Any two versions, the older one first."""
    before, after = (version_of(slug, n) for n in sorted((number, other)))
    differences = board.compared(after, before)
    return page(request, "compare", book=after.codebook, before=before, after=after, differences=differences)


@for_those(policies.may_see)
@require_safe
def theme(request, slug, theme):
    """The permanent page of a theme: its current definition or succession, and its history."""
    found = get_object_or_404(Theme.objects.select_related("codebook"), codebook__slug=slug, slug=theme)
    current = found.codebook.current
    entry = current.entries.filter(theme=found).select_related("theme").first() if current else None
    gone = past.went(found, current) if current and entry is None else None
    context = {
        "book": found.codebook,
        "theme": found,
        "current": current,
        "entry": entry,
        "last": entry or past.entry_of(found) or found.entries.order_by("-version__number").first(),
        "links": board.links_in_words(entry) if entry else [],
        "fate": gone[0] if gone else None,
        "heirs": gone[1] if gone else [],
        "life": board.life_of(found),
    }
    return page(request, "theme", **context)


@for_those(policies.may_see)
@require_safe
def as_file(request, slug, number, form):
    """Download the whole version as CSV or YAML. Both can be imported unchanged."""
    found = version_of(slug, number)
    name, entries = f"codebook-{slug}-version-{number}", board.entries_in_order(found)
    if form == "csv":
        rows = writing.as_rows(entries)
        return deliver(by=request.user, kind="codebook", name=name, columns=writing.COLUMNS, rows=rows, obj=found)
    if form != "yaml":
        raise Http404
    text = writing.as_yaml(found, entries).encode()
    digest = hashlib.sha256(text).hexdigest()
    record("export made", by=request.user, obj=found, kind="codebook", form="yaml", rows=len(entries), hash=digest)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@for_those(policies.may_propose)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request, slug):
    """Import a draft from a file: first a dry run, whose text can be corrected on the page, then the draft."""
    book, found, text = book_of(slug), None, ""
    if request.method == "POST":
        text, found = _tried(request)
        if request.POST.get("do") == "keep" and not found.problems:
            try:
                version = actions.bring_draft(codebook=book, themes=found.themes, by=request.user)
            except ValidationError as error:
                found.wrong("", " ".join(error.messages))
            else:
                messages.success(request, "The draft holds what the file says. Two people approve it.")
                return to_version(version)
    context = {
        "book": book,
        "draft": actions.draft_of(book),
        "form": FileForm(initial={"text": text}),
        "found": found,
        "problems": found.problems[:AT_MOST] if found else [],
        "more": max(len(found.problems) - AT_MOST, 0) if found else 0,
        "differences": board.compared_with_rows(book.current, found.themes) if found else [],
        "columns": writing.COLUMNS,
    }
    return page(request, "bring", status=422 if found and found.problems else 200, **context)


def _tried(request):
    """(text, parsed codebook) of the uploaded file, else of the text box."""
    uploaded = request.FILES.get("file")
    if uploaded is not None and uploaded.size > reading.MOST_BYTES:
        return "", reading.Found(problems=[reading.Problem("", reading.TOO_LONG)])
    text = reading.text_of(uploaded.read()) if uploaded else request.POST.get("text", "")
    return text, reading.read(text.replace("\0", ""))
