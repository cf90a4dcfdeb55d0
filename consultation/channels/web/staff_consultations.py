"""Shared by the staff pages of all channels: the consultations and languages to choose from."""

from django.conf import settings
from django.db.models import F
from django.views.generic import RedirectView

from consultation.access import staff_view
from consultation.action_forms import PostedForm
from consultation.surveys.models import ConsultationPage

# The channels of officers have no list of their own any more: the home of each consultation leads to them.
redirect_to_consultations = staff_view("consultation.edit_consultation")(
    RedirectView.as_view(pattern_name="consultations:list", permanent=True)
)


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
