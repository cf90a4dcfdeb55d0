"""Pages on which officers write, translate and publish member checks and see the replies."""

from datetime import timedelta

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from consultation.access import staff_view
from insights.coding.models import ThemeEntry
from insights.decisions.addable_rows import DayInput
from insights.forms import render_form, save_form
from insights.publications.member_checks import actions, member_check_replies
from insights.publications.member_checks.models import Check
from insights.publishing.forms import AREA, PublicWordsForm
from insights.publishing.lifecycle import PUBLISH_PERMISSION
from insights.publishing.views import PublishingPages, TranslationPages
from insights.releases.models import Release

SECTION = {"section": "member-checks"}
USUAL_DAYS = 21
HINT = (
    "People pick “Yes”, “In part”, “No” or “I don’t know”. They write no words here: the page tells them how to reach us. "
    "After saving you see how hard the words are to read."
)


class MemberCheckWordsForm(PublicWordsForm):
    names = field_order = ("name", "summary", "easy")

    name = forms.CharField(
        max_length=80, label="A short name", help_text="As a child would say it: “Lights”, not “Environmental design”."
    )
    summary = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs=AREA),
        label="What we think people said",
        help_text="One to three short sentences, for a child of nine. Say the hard things too, and nothing that only one "
        "person said.",
    )


class MemberCheckForm(MemberCheckWordsForm):
    opens = forms.DateField(widget=DayInput, label="First day")
    closes = forms.DateField(widget=DayInput, label="Last day", help_text="Two to four weeks are enough.")

    @property
    def opened(self):
        return super().opened if self.initial.get("name") else ""

    def given_values(self):
        return super().given_values() | {name: self.cleaned_data[name] for name in ("opens", "closes")}


@staff_view(PUBLISH_PERMISSION)
def show_member_checks(request):
    today = timezone.localdate()
    of = ("consultation__locale", "made_by", "published_by", "picture")
    found = Check.objects.select_related(*of).defer("consultation__body").prefetch_related("writers")
    rows = [
        {
            "check": check,
            "open": check.is_open(today),
            "over": check.is_over(today),
            "replied": member_check_replies.describe_reply_picture(getattr(check, "picture", None)),
            "panel": PAGES.build_panel(check, request.user),
            "languages": PAGES.list_languages(check, request.user),
        }
        for check in found
    ]
    return render(request, "insights/publications/member_checks/overview.html", SECTION | {"rows": rows})


@staff_view(PUBLISH_PERMISSION)
def begin_member_check(request, release, slug):
    found = get_object_or_404(Release.objects.published().select_related("consultation"), pk=release)
    entry = get_object_or_404(ThemeEntry, version=found.codebook_version_id, theme__slug=slug)
    today = timezone.localdate()
    form = MemberCheckForm(
        request.POST or None, initial={"opens": today, "closes": today + timedelta(days=USUAL_DAYS)}
    )
    done = "The draft is there. Look at it, then ask a colleague to publish it."
    if save_form(request, form, actions.begin_member_check, done, release=found, theme=entry.theme):
        return redirect("insights:member-checks")
    return render_form(
        request, form, **_build_context(found, f"Did we hear people right about “{entry.label}”?", entry)
    )


@staff_view(PUBLISH_PERMISSION)
def edit_member_check(request, pk):
    check = get_object_or_404(Check.objects.select_related("consultation"), pk=pk)
    form = MemberCheckForm(
        request.POST or None, initial=check.english | {"opens": check.opens, "closes": check.closes}
    )
    done = "Saved. Ask a colleague who wrote none of it to publish it."
    if save_form(request, form, actions.write_member_check, done, check=check):
        return redirect("insights:member-checks")
    return render_form(request, form, **_build_context(check, f"Did we hear people right about “{check.name}”?"))


def _build_context(of, heading, entry=None):
    """`of`: the member check, or the release that it is begun from."""
    crumbs = [(f"Did we hear you right? {of.consultation.title}", reverse("insights:member-checks"))]
    aside = entry and ("What the theme means", entry.definition)
    return SECTION | {"heading": heading, "crumbs": crumbs, "aside": aside, "hint": HINT}


class MemberCheckPages(PublishingPages, TranslationPages):
    lifecycle, model, name, shown_with = actions.CHECKS, Check, "member-check", ("consultation", "writers")
    may_open = (PUBLISH_PERMISSION,)
    done = "Published. Everyone can answer it from its first day on."

    def get_address(self, held):
        return reverse("insights:member-checks")

    def build_form(self, data, held, language):
        return MemberCheckWordsForm(data, initial=held.words_in(language, preview=True), english=held.english)

    def build_context(self, held, language_name):
        return _build_context(held, f"“{held.name}” in {language_name}")


PAGES = MemberCheckPages()
