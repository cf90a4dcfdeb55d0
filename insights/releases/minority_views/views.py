"""Pages to write and approve minority views. Officers write; readers and officers approve."""

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultation.access import staff_view
from insights.coding.models import ThemeEntry
from insights.forms import render_form, run_action, save_form
from insights.publishing.views import PublishingPages
from insights.releases.minority_views import actions
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.minority_views.policies import LONGEST
from insights.releases.models import Release

SECTION = {"section": "coding"}
HINT = "Whoever approved older words has not approved these."


class MinorityViewForm(forms.Form):
    words = forms.CharField(
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        label="What they said, in your words",
        help_text=f"One to three sentences, {LONGEST} letters at most. No number, no name, no place, no story, and none "
        "of their own words.",
    )

    def add_error(self, field, error):
        super().add_error(field or "words", error)


def _get_release(pk):
    return get_object_or_404(Release.objects.select_related("consultation", "codebook_version"), pk=pk)


@staff_view("insights.approve_quote", method="GET")
def show_minority_views(request, pk):
    """Every grave theme whose number is hidden, with its summary where one is written."""
    release = _get_release(pk)
    written = {
        voice.theme_id: voice for voice in MinorityVoice.objects.of(release).prefetch_related("approved_by", "writers")
    }
    rows = [
        _build_theme_row(entry, written.get(entry.theme_id), request.user)
        for entry in actions.hidden_grave_themes(release)
    ]
    return render(request, "insights/releases/minority_views/list.html", SECTION | {"release": release, "rows": rows})


def _build_theme_row(entry, voice, user):
    panel = PAGES.build_panel(voice, user) if voice and voice.words else {}
    return {"entry": entry, "view": voice, "panel": panel}


@staff_view("insights.publish_release")
def edit_minority_view(request, pk, slug):
    release = _get_release(pk)
    entry = get_object_or_404(ThemeEntry, version=release.codebook_version, theme__slug=slug)
    form = MinorityViewForm(request.POST or None, initial={"words": actions.earlier_summary(release, entry.theme)})
    done = "Saved. Ask two colleagues to approve it."
    if save_form(request, form, actions.write_minority_view, done, release=release, theme=entry.theme):
        return redirect("insights:minority-views", pk)
    crumbs = [("What few people said", reverse("insights:minority-views", args=[pk]))]
    context = SECTION | {"release": release, "entry": entry, "heading": entry.label, "crumbs": crumbs, "hint": HINT}
    return render_form(request, form, "insights/releases/minority_views/write.html", **context)


@staff_view("insights.approve_quote", method="POST")
def stop_minority_view(request, pk):
    voice = get_object_or_404(MinorityVoice, pk=pk)
    run_action(request, actions.stop_minority_view, "No report shows it any more.", voice=voice)
    return redirect(PAGES.get_address(voice))


class MinorityViewPages(PublishingPages):
    lifecycle, model, name = actions.MINORITY_VIEWS, MinorityVoice, "minority-view"
    shown_with = ("theme", "writers", "approved_by")
    done = "Approved. The report shows it once two people have approved it."

    def get_address(self, held):
        return reverse("insights:minority-views", args=[held.release_id])

    def list_drafts(self):
        return super().list_drafts().exclude(words="")


PAGES = MinorityViewPages()
