"""Pages of codebooks: overview, versions, comparison, permanent themes, import and export of files."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import staff_view
from consultation.audit.audit_log import record_event
from consultation.file_output.file_responses import send_file
from consultation.file_output.spreadsheets import deliver_table
from insights.coding.codebooks import actions, codebook_overview, codebook_parsing, policies, theme_history
from insights.coding.codebooks.forms import CodebookFileForm, DescribeVersionForm, NewCodebookForm
from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry
from insights.forms import SeenForm, render_file_trial, render_form, run_action, save_form

APPROVED_ONCE = "You have approved this version. It waits for a second person."
IN_FORCE = "This version is in force. What people had coded is recoded, and all of it is on record."


def get_codebook_or_404(slug):
    return get_object_or_404(Codebook, slug=slug)


def get_version_or_404(slug, number):
    versions = CodebookVersion.objects.select_related("codebook", "based_on", "drafted_by")
    return get_object_or_404(versions, codebook__slug=slug, number=number)


def get_entry_or_404(slug, number, theme):
    entries = ThemeEntry.objects.select_related("theme", "version__codebook", "version__based_on")
    return get_object_or_404(entries, version__codebook__slug=slug, version__number=number, theme__slug=theme)


def render_codebook_form(request, form, name, heading, crumbs, **context):
    context |= {
        "section": "coding",
        "heading": heading,
        "crumbs": crumbs,
    }
    return render_form(request, form, f"insights/coding/codebooks/{name}.html", **context)


def build_book_crumbs(book=None):
    every = ("Codebooks", reverse("insights:codebooks"))
    return [every, (book.name, reverse("insights:codebook", args=[book.slug]))] if book else [every]


def build_version_crumbs(version):
    address = reverse("insights:codebook-version", args=[version.codebook.slug, version.number])
    return [*build_book_crumbs(version.codebook), (f"Version {version.number}, a draft", address)]


def render_codebook_page(request, name, status=200, **context):
    return render(request, f"insights/coding/codebooks/{name}.html", {"section": "coding", **context}, status=status)


def redirect_to_version(version, theme=None):
    """Redirect to the page of a version, scrolled to `show_theme` if given."""
    url = reverse("insights:codebook-version", args=[version.codebook.slug, version.number])
    return redirect(f"{url}#theme-{theme.slug}" if theme else url)


@staff_view(policies.may_see_codebooks, method="GET")
def show_codebooks(request):
    books, strangers = codebook_overview.list_codebooks()
    return render_codebook_page(request, "codebooks", books=books, strangers=strangers)


@staff_view(policies.may_propose)
def edit_new_codebook(request):
    form = NewCodebookForm(request.POST or None)
    done = "The codebook is begun. Add its first theme, or import them all from a file."
    if version := save_form(request, form, actions.begin_codebook, done):
        return redirect_to_version(version)
    return render_codebook_form(request, form, "begin", "Begin a codebook", build_book_crumbs(), save="Begin")


@staff_view(policies.may_see_codebooks, method="GET")
def show_codebook(request, slug):
    book = get_codebook_or_404(slug)
    current = book.current
    context = {
        "book": book,
        "current": current,
        "draft": actions.open_draft_of(book),
        "versions": book.versions.order_by("-number").select_related("drafted_by").prefetch_related("approved_by"),
        "families": codebook_overview.group_entries_by_family(current) if current else [],
        "used_by": codebook_overview.consultations_using(book),
        "waiting": codebook_overview.consultations_asked_again(book),
    }
    return render_codebook_page(request, "codebook", **context)


@staff_view(policies.may_propose, method="POST")
def save_new_draft(request, slug):
    done = "This draft says what the version in force says. Change what should be otherwise."
    version = run_action(request, actions.begin_draft, done, codebook=get_codebook_or_404(slug))
    return redirect_to_version(version) if version else redirect("insights:codebook", slug)


@staff_view(policies.may_see_codebooks, method="GET")
def show_codebook_version(request, slug, number):
    return _render_version(request, get_version_or_404(slug, number))


def _render_version(request, found, status=200, form=None):
    approvers = list(found.approved_by.all())
    context = {
        "book": found.codebook,
        "version": found,
        "families": codebook_overview.group_entries_by_family(found),
        "undefined": found.entries.without_a_note().order_by("label"),
        "approvers": approvers,
        "approved_by_me": request.user in approvers,
        "seen": actions.compute_draft_fingerprint(found) if found.is_draft else "",
        "acts": codebook_overview.list_theme_acts(found),
        "effects": codebook_overview.preview_effects(found, request.user) if found.is_draft else [],
        "recoded": [] if found.is_draft else codebook_overview.summarise_recodings(found),
        "differences": codebook_overview.compare_versions(found, found.based_on) if found.based_on else [],
        "form": form or DescribeVersionForm(initial={"label": found.label, "why": found.why}),
        "may_change": found.is_draft and policies.may_propose(request.user),
        "may_approve": found.is_draft and policies.may_approve(request.user),
    }
    return render_codebook_page(request, "version", status=status, **context)


@staff_view(policies.may_propose, method="POST")
def save_description(request, slug, number):
    found, form = get_version_or_404(slug, number), DescribeVersionForm(request.POST)
    if not form.is_valid():
        return _render_version(request, found, status=422, form=form)
    run_action(request, actions.describe_version, "Kept.", version=found, **form.cleaned_data)
    return redirect_to_version(found)


@staff_view(policies.may_approve, method="POST")
def save_approval(request, slug, number):
    found = get_version_or_404(slug, number)
    if run_action(request, actions.approve_version, version=found, **SeenForm(request.POST).given_values()):
        messages.success(request, APPROVED_ONCE if found.is_draft else IN_FORCE)
    return redirect_to_version(found)


@staff_view(policies.may_propose, method="POST")
def save_set_aside(request, slug, number):
    found = get_version_or_404(slug, number)
    if run_action(request, actions.set_aside_draft, "The draft is set aside. Nothing was recoded.", version=found):
        return redirect("insights:codebook", slug)
    return redirect_to_version(found)


@staff_view(policies.may_see_codebooks, method="GET")
def show_version_comparison(request, slug, number, other):
    """Any two versions, the older one first."""
    before, after = (get_version_or_404(slug, n) for n in sorted((number, other)))
    differences = codebook_overview.compare_versions(after, before)
    return render_codebook_page(
        request, "compare", book=after.codebook, before=before, after=after, differences=differences
    )


@staff_view(policies.may_see_codebooks, method="GET")
def show_theme(request, slug, theme):
    """The permanent page of a theme: its current definition or succession, and its history."""
    found = get_object_or_404(Theme.objects.select_related("codebook"), codebook__slug=slug, slug=theme)
    current = found.codebook.current
    entry = current.entries.filter(theme=found).select_related("theme").first() if current else None
    gone = theme_history.find_succession(found, current) if current and entry is None else None
    context = {
        "book": found.codebook,
        "theme": found,
        "current": current,
        "entry": entry,
        "last": entry or theme_history.last_entry_of(found) or found.entries.order_by("-version__number").first(),
        "links": codebook_overview.describe_strategy_links(entry) if entry else [],
        "fate": gone[0] if gone else None,
        "heirs": gone[1] if gone else [],
        "life": codebook_overview.list_theme_life(found),
    }
    return render_codebook_page(request, "theme", **context)


@staff_view(policies.may_see_codebooks, method="GET")
def download_codebook(request, slug, number, form):
    """Download the whole version as CSV or YAML. Both can be imported unchanged."""
    found = get_version_or_404(slug, number)
    name, entries = f"codebook-{slug}-version-{number}", codebook_overview.entries_in_order(found)
    if form == "csv":
        rows = codebook_parsing.build_csv_rows(entries)
        return deliver_table(
            by=request.user, kind="codebook", name=name, columns=codebook_parsing.COLUMNS, rows=rows, obj=found
        )
    if form != "yaml":
        raise Http404
    text = codebook_parsing.write_codebook_yaml(found, entries).encode()
    digest = hashlib.sha256(text).hexdigest()
    record_event(
        "export made", by=request.user, obj=found, kind="codebook", form="yaml", rows=len(entries), hash=digest
    )
    return send_file(text, f"{name}.yaml", "application/yaml; charset=utf-8")


@staff_view(policies.may_propose)
def import_codebook(request, slug):
    """Import a draft from a file: first a dry run, whose text can be corrected on the page, then the draft."""
    book, found, text = get_codebook_or_404(slug), None, ""
    form = CodebookFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        text = form.read(codebook_parsing.MOST_BYTES)
        found = codebook_parsing.parse_codebook(text)
        if form.is_to_keep and not found.problems:
            try:
                version = actions.import_draft(codebook=book, themes=found.themes, by=request.user)
            except ValidationError as error:
                found.wrong("", " ".join(error.messages))
            else:
                messages.success(request, "The draft holds what the file says. Two people approve it.")
                return redirect_to_version(version)
    context = {
        "section": "coding",
        "heading": "Import a version from a file",
        "crumbs": build_book_crumbs(book),
        "draft": actions.open_draft_of(book),
        "form": CodebookFileForm(initial={"text": text or ""}),
        "differences": codebook_overview.compare_with_file_rows(book.current, found.themes) if found else [],
        "columns": codebook_parsing.COLUMNS,
    }
    return render_file_trial(request, "insights/coding/codebooks/import.html", found, **context)
