"""Shared by the staff pages of all channels: the consultations and languages to choose from."""

from django.conf import settings
from django.db.models import F
from django.shortcuts import render
from django.views.generic import RedirectView

from consultation.access import staff_view
from consultation.action_forms import PostedForm
from consultation.surveys.consultation_state import find_states
from consultation.surveys.models import ConsultationPage

# The channels of officers have no list of their own any more: the home of each consultation leads to them.
redirect_to_consultations = staff_view("consultation.edit_consultation")(
    RedirectView.as_view(pattern_name="consultations:list", permanent=True)
)


def build_list_view(permission, title, lead, describe, *related):
    """The page of a channel that lists the consultations, those that are over folded below the others; `describe` says
    what a consultation has by it."""

    @staff_view(permission, method="GET")
    def show_consultations(request):
        pages = list(published_consultations().prefetch_related(*related))
        states = find_states(pages)
        rows = [{"page": page, "state": states[page.pk], "says": describe(page)} for page in pages]
        over = [row for row in rows if row["state"].is_over]
        context = {"title": title, "lead": lead, "rows": [row for row in rows if row not in over], "over": over}
        return render(request, "consultation/channels/consultations.html", context)

    return show_consultations


def describe_count(count, thing, none=""):
    """“No tablet”, “One tablet” or “7 tablets”."""
    if not count:
        return none or f"No {thing}"
    return f"One {thing}" if count == 1 else f"{count} {thing}s"


def published_consultations():
    """Published consultations in the source language, the latest closing date first."""
    return (
        ConsultationPage.objects.ever_published().defer("body").order_by(F("closes").desc(nulls_first=True), "title")
    )


def newest_content_of(page):
    """The questionnaire of the newest version, or None."""
    return page.versions.order_by("-number").values_list("content", flat=True).first()


class LanguageForm(PostedForm):
    """A form whose `language` is one of the consultation's."""

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages_of_consultation(page)


def languages_of_consultation(page):
    """[(code, language name)] of the newest version, in the order of LANGUAGES."""
    content = newest_content_of(page) or {"languages": ["en"]}
    return [(code, name) for code, name in settings.LANGUAGES if code in content["languages"]]
