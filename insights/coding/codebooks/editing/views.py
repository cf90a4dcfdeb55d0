"""Pages that edit a draft: its themes, and the acts on them, each with a preview of the recoding."""

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect

from consultation.access import staff_view
from insights.coding.codebooks import codebook_overview, marked_phrases, policies, theme_entry_rows
from insights.coding.codebooks.editing import actions
from insights.coding.codebooks.forms import (
    MarkedPhraseForm,
    MergeThemeForm,
    MoveThemeForm,
    RetireThemeForm,
    SplitThemeForm,
    ThemeEntryForm,
    ThemeOrderForm,
)
from insights.coding.codebooks.views import (
    build_version_crumbs,
    get_entry_or_404,
    get_version_or_404,
    redirect_to_version,
    render_codebook_form,
    render_codebook_page,
)
from insights.forms import SeenForm, run_action, save_form

NO_DRAFT = "This version is no draft any more: it was approved or set aside. Nothing was changed."


def require_draft(view):
    """Redirect a GET to the version's page where a colleague has approved it, set it aside or removed the theme. A
    POST goes on: the verb refuses it, so that the text written stays on the page."""

    @wraps(view)
    def guarded(request, slug, number, *args, **kwargs):
        version = get_version_or_404(slug, number)
        if not version.is_draft and request.method != "POST":
            messages.error(request, NO_DRAFT)
            return redirect_to_version(version)
        theme = kwargs.get("theme")
        known = version.codebook.themes.filter(slug=theme)
        if theme and not version.entries.filter(theme__slug=theme).exists() and known.exists():
            messages.error(request, actions.GONE)
            return redirect_to_version(version)
        return view(request, slug, number, *args, **kwargs)

    return guarded


@staff_view(policies.may_propose)
@require_draft
def edit_new_theme(request, slug, number):
    version = get_version_or_404(slug, number)
    form = ThemeEntryForm(request.POST or None, version=version, families=codebook_overview.list_families(version))
    if entry := save_form(request, form, actions.add_theme, version=version):
        messages.success(request, f"“{entry.label}” is in the draft.")
        return redirect_to_version(version)
    return _render_theme_form(request, version, form)


def _render_theme_form(request, version, form, entry=None, **more):
    heading = f"Edit “{entry.label}”" if entry else "Add a theme"
    save = "Keep in the draft" if entry else "Add to the draft"
    crumbs = build_version_crumbs(version)
    return render_codebook_form(request, form, "edit", heading, crumbs, save=save, entry=entry, **more)


@staff_view(policies.may_propose)
@require_draft
def edit_theme(request, slug, number, theme):
    entry = get_entry_or_404(slug, number, theme)
    seen = SeenForm(request.POST).given_values()["seen"]
    families = codebook_overview.list_families(entry.version)
    form = ThemeEntryForm(request.POST or None, version=entry.version, entry=entry, families=families)
    if save_form(request, form, actions.change_theme, entry=entry, seen=seen):
        messages.success(request, f"“{entry.label}” is changed in the draft.")
        return redirect_to_version(entry.version)
    theirs = entry if actions.CHANGED in form.non_field_errors() else None
    if theirs or not seen:
        seen = theme_entry_rows.compute_entry_mark(entry)
    return _render_theme_form(request, entry.version, form, entry, seen=seen, theirs=theirs)


@staff_view(policies.may_propose, method="POST")
@require_draft
def save_theme_order(request, slug, number, theme):
    entry = get_entry_or_404(slug, number, theme)
    up = ThemeOrderForm(request.POST).given_values()["to"] == "up"
    run_action(
        request, actions.shift_theme, f"“{entry.label}” stands {'higher' if up else 'lower'}.", entry=entry, up=up
    )
    return redirect_to_version(entry.version, entry.theme)


@staff_view(policies.may_propose)
@require_draft
def edit_marked_phrases(request, slug, number, theme):
    """The words that coders marked for the theme, each to be taken into the draft by hand."""
    entry, form = get_entry_or_404(slug, number, theme), MarkedPhraseForm(request.POST or None)
    if request.method == "POST":
        given = form.given_values()
        run_action(request, actions.take_marked_phrase, f"“{given['phrase']}” is in the draft.", entry=entry, **given)
        return redirect("insights:marked-phrases", slug, number, theme)
    context = {"book": entry.version.codebook, "version": entry.version, "entry": entry}
    proposed = marked_phrases.propose_marked_phrases(entry)
    return render_codebook_page(request, "phrases", **context, proposed=proposed, ways=form.fields["to"].choices)


# {act: (its form, what is done, the function that saves it)}
THEME_ACT_PAGES: dict[str, tuple[type[forms.Form], str, Any]] = {
    "merge": (MergeThemeForm, "is merged in the draft.", actions.merge_theme),
    "split": (SplitThemeForm, "is split in the draft.", actions.split_theme),
    "move": (MoveThemeForm, "is moved in the draft.", actions.move_theme),
    "retire": (RetireThemeForm, "is out of the draft.", actions.retire_theme),
}


@staff_view(policies.may_propose)
@require_draft
def edit_theme_act(request, slug, number, theme, kind):
    entry, (form_class, done, save_act) = get_entry_or_404(slug, number, theme), THEME_ACT_PAGES[kind]
    version = entry.version
    known = codebook_overview.list_families(version)
    form = form_class(request.POST or None, entry=entry, **({"families": known} if kind == "move" else {}))
    done = f"“{entry.label}” {done} No answer is recoded until two people approve it."
    if save_form(request, form, save_act, done, entry=entry):
        return redirect_to_version(version)
    many, examples = codebook_overview.preview_theme_act(entry, request.user)
    context = {"entry": entry, "kind": kind, "many": many, "examples": examples}
    heading, save = f"{kind.capitalize()} “{entry.label}”", f"{kind.capitalize()} in this draft"
    return render_codebook_form(request, form, "act", heading, build_version_crumbs(version), save=save, **context)


@staff_view(policies.may_propose, method="POST")
def save_theme_act_undo(request, slug, number, pk):
    version = get_version_or_404(slug, number)
    found = version.acts.filter(pk=pk).first()
    if found is None:
        messages.error(request, "A colleague has undone this already.")
    else:
        run_action(request, actions.undo_theme_act, "Undone. The draft is as it was before.", act=found)
    return redirect_to_version(version)
