"""Pages for saved pages and notes, and those that colleagues share."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import require_permission, staff_view
from insights.access import VIEW_REPORTS, planner_view
from insights.coding.models import ThemeEntry
from insights.forms import ButtonForm, render_form, save_form
from insights.releases.models import Release
from insights.workspace.saved import actions, policies
from insights.workspace.saved.actions import LONGEST_NAME
from insights.workspace.saved.models import KeptPage, Note

SHARE = "Show it to colleagues of my agency"


class AddressForm(ButtonForm):
    """The page that is to be saved: in the address of the form, and sent with it."""

    address = forms.CharField(required=False)


class SavedPageForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, label="Name", help_text="So that you know it again.")
    shared = forms.BooleanField(required=False, label=SHARE)


class NoteForm(forms.Form):
    words = forms.CharField(
        label="Your note",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="What you make of it. Never write about a person or a case, and do not copy what someone wrote: "
        "their words can be taken back, your note cannot.",
    )
    shared = forms.BooleanField(required=False, label=SHARE)


@staff_view(VIEW_REPORTS, method="GET")
def show_saved(request):
    pages = list(KeptPage.objects.seen_by(request.user))
    notes = list(
        Note.objects.seen_by(request.user)
        .filter(release__in=Release.objects.published())
        .select_related("release__consultation", "theme")
    )
    entries = ThemeEntry.objects.filter(
        version__in={note.release.codebook_version_id for note in notes}, theme__in={note.theme_id for note in notes}
    )
    labels = {(entry.version_id, entry.theme_id): entry.label for entry in entries}
    context = {
        "section": "saved",
        "mine": [page for page in pages if page.owner_id == request.user.pk],
        "shared": [page for page in pages if page.owner_id != request.user.pk],
        "notes": [(note, labels.get((note.release.codebook_version_id, note.theme_id), "")) for note in notes],
    }
    return render(request, "insights/workspace/saved/saved.html", context)


@planner_view
def save_page(request):
    """Save a page under a name, preset to its title, and return to it."""
    address = AddressForm(request.POST or request.GET).given_values()["address"]
    if not policies.saveable_page_name(address):
        raise Http404
    form = SavedPageForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if kept := save_form(request, form, actions.save_page, "Saved.", address=address):
        return redirect(kept.address)
    return _render_form(request, form, "Save this page", address, address=address)


@planner_view
def edit_saved_page(request, pk):
    page = _get_own(KeptPage, request, pk)
    form = SavedPageForm(request.POST or None, initial={"name": page.name, "shared": page.shared})
    if save_form(request, form, actions.change_saved_page, "Changed.", kept=page):
        return redirect("insights:saved")
    return _render_form(request, form, "Change a kept page", "")


@staff_view(VIEW_REPORTS, method="POST")
def remove_saved_page(request, pk):
    page = _get_own(KeptPage, request, pk)
    actions.remove_saved_page(kept=page, by=request.user)
    messages.success(request, f"“{page.name}” is removed. You can save the page again.")
    return redirect("insights:saved")


@planner_view
def write_note(request, release, theme=None):
    found = get_object_or_404(Release.objects.published().select_related("consultation"), pk=release)
    entry = theme and get_object_or_404(
        ThemeEntry.objects.select_related("theme"), version=found.codebook_version_id, theme__slug=theme
    )
    back = _note_url(found, entry and entry.theme)
    form = NoteForm(request.POST or None)
    about = {"release": found, "theme": entry and entry.theme}
    if save_form(request, form, actions.write_note, "Your note stands beside it.", **about):
        return redirect(back)
    heading = f"A note on {entry.label if entry else found.consultation.title}"
    return _render_form(request, form, heading, back)


@planner_view
def edit_note(request, pk):
    found = _get_own(Note, request, pk)
    back = _note_url(found.release, found.theme)
    form = NoteForm(request.POST or None, initial={"words": found.words, "shared": found.shared})
    if save_form(request, form, actions.change_note, "Changed.", note=found):
        return redirect(back)
    return _render_form(request, form, "Change your note", back, note=found)


@staff_view(VIEW_REPORTS, method="POST")
def remove_note(request, pk):
    found = _get_own(Note, request, pk)
    back = _note_url(found.release, found.theme)
    actions.remove_note(note=found, by=request.user)
    messages.success(request, "The note is gone.")
    return redirect(back)


def _note_url(release, theme):
    """The address at which a note is shown."""
    if theme is None:
        return f"{reverse('insights:report', args=[release.pk])}#notes"
    return f"{reverse('insights:theme', args=[release.pk, theme.slug])}#notes"


def _get_own(model, request, pk):
    """The user's own page or note. A colleague's shared one is refused (403); any other is not found (404)."""
    found = get_object_or_404(model.objects.seen_by(request.user), pk=pk)
    require_permission(request.user, policies.may_change_saved, found)
    return found


def _render_form(request, form, heading, back, **more):
    crumbs = [("Saved", reverse("insights:saved")), *([("Back", back)] if back else [])]
    context = {"section": "saved", "heading": heading, "crumbs": crumbs}
    return render_form(request, form, "insights/workspace/saved/form.html", **context, **more)
