"""Pages that edit a draft: its themes, and the acts on them, each with a preview of the recoding."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.views.decorators.http import require_http_methods, require_POST

from insights.coding.codebooks import board, policies, preview, rows
from insights.coding.codebooks.editing import actions
from insights.coding.codebooks.forms import MergeForm, MoveForm, RetireForm, SplitForm, ThemeForm
from insights.coding.codebooks.guards import entry_of, for_those, version_of
from insights.coding.codebooks.views import page, said, to_version

NO_DRAFT = "This version is no draft any more: it was approved or set aside. Nothing was changed."


def of_a_draft(view):
    """Redirect a GET to the version's page where a colleague has approved it, set it aside or removed the theme. A
    POST goes on: the verb refuses it, so that the text written stays on the page."""

    @wraps(view)
    def guarded(request, slug, number, *args, **kwargs):
        version = version_of(slug, number)
        if not version.is_draft and request.method != "POST":
            said(request, ValidationError(NO_DRAFT))
            return to_version(version)
        theme = kwargs.get("theme")
        if theme and not version.entries.filter(theme__slug=theme).exists() and _was_in(version, theme):
            said(request, ValidationError(actions.GONE))
            return to_version(version)
        return view(request, slug, number, *args, **kwargs)

    return guarded


def _was_in(version, theme):
    return version.codebook.themes.filter(slug=theme).exists()


@for_those(policies.may_propose)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_draft
def add(request, slug, number):
    version = version_of(slug, number)
    form = ThemeForm(request.POST or None, families=board.families(version))
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.add_theme(version=version, row=form.row, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"“{entry.label}” is in the draft.")
            return to_version(version)
    return _theme_form(request, version, form)


def _theme_form(request, version, form, entry=None, **more):
    status, book = 422 if form.errors else 200, version.codebook
    return page(request, "edit", status=status, book=book, version=version, form=form, entry=entry, **more)


@for_those(policies.may_propose)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_draft
def edit(request, slug, number, theme):
    entry = entry_of(slug, number, theme)
    seen, theirs = request.POST.get("seen", rows.mark(entry)), None
    form = ThemeForm(request.POST or None, entry=entry, families=board.families(entry.version))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_theme(entry=entry, row=form.row, by=request.user, seen=request.POST.get("seen", ""))
        except ValidationError as error:
            form.add_error(None, error)
            if actions.CHANGED in error.messages:
                theirs, seen = entry, rows.mark(entry)
        else:
            messages.success(request, f"“{entry.label}” is changed in the draft.")
            return to_version(entry.version)
    return _theme_form(request, entry.version, form, entry, seen=seen, theirs=theirs)


@for_those(policies.may_propose)
@require_POST
@of_a_draft
def shift(request, slug, number, theme):
    entry = entry_of(slug, number, theme)
    try:
        actions.shift_theme(entry=entry, up=request.POST.get("to") == "up", by=request.user)
    except ValidationError as error:
        said(request, error)
    else:
        messages.success(request, f"“{entry.label}” stands {'higher' if request.POST.get('to') == 'up' else 'lower'}.")
    return to_version(entry.version, entry.theme)


@dataclass(frozen=True)
class Way:
    """The page of an act: its form, its words, and the function that saves it."""

    form: type[forms.Form]
    title: str
    button: str
    done: str
    do: Any


def _merge(entry, form, why, by):
    actions.merge_theme(entry=entry, into=form.target, why=why, by=by)


def _split(entry, form, why, by):
    actions.split_theme(entry=entry, parts=form.told, why=why, by=by)


def _move(entry, form, why, by):
    actions.move_theme(entry=entry, family=form.cleaned_data["family"], why=why, by=by)


def _retire(entry, form, why, by):
    actions.retire_theme(entry=entry, why=why, by=by)


WAYS = {
    "merge": Way(MergeForm, "Merge", "Merge in this draft", "is merged in the draft.", _merge),
    "split": Way(SplitForm, "Split", "Split in this draft", "is split in the draft.", _split),
    "move": Way(MoveForm, "Move", "Move in this draft", "is moved in the draft.", _move),
    "retire": Way(RetireForm, "Retire", "Retire in this draft", "is out of the draft.", _retire),
}


@for_those(policies.may_propose)
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_draft
def act(request, slug, number, theme, kind):
    entry, way = entry_of(slug, number, theme), WAYS[kind]
    version, label = entry.version, entry.label
    known = board.families(version)
    form = way.form(request.POST or None, entry=entry, **({"families": known} if kind == "move" else {}))
    if request.method == "POST" and form.is_valid():
        try:
            way.do(entry, form, form.cleaned_data["why"], request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"“{label}” {way.done} No answer is recoded until two people approve it.")
            return to_version(version)
    many, examples = preview.of_act(entry, request.user)
    context = {"book": version.codebook, "version": version, "entry": entry, "form": form, "kind": kind, "way": way}
    return page(request, "act", status=422 if form.errors else 200, many=many, examples=examples, **context)


@for_those(policies.may_propose)
@require_POST
def undo(request, slug, number, pk):
    version = version_of(slug, number)
    found = version.acts.filter(pk=pk).first()
    try:
        if found is None:
            raise ValidationError("A colleague has undone this already.")
        actions.undo(act=found, by=request.user)
    except ValidationError as error:
        said(request, error)
    else:
        messages.success(request, "Undone. The draft is as it was before.")
    return to_version(version)
