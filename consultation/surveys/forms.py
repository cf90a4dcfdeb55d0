"""The editor's form of a consultation: a draft may be incomplete, a submission for approval may not."""

import re

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.forms import WagtailAdminPageForm

from consultation.surveys.participation_fields import CHANNELS, FORMATS
from consultation.surveys.signals import draft_submitted

UNCHECKED = "A computer translated this page. Name the person who speaks the language and has checked the words."
NOT_NEUTRAL = "Anyone who looks over a shoulder can read this. Say it without “{word}”."
REVEALING_WORDS = re.compile(r"exploit\w*|abus\w*|\bcse\b|safeguard\w*", re.IGNORECASE)
PROMISED = "People were told this day. Move it under “Results and answers”, with a reason that they can read."
PROMISED_OPEN = "People were told this day. Move it on its page of dates, with a reason that they can read."
ADDRESS = "People have this address on posters, and forms that they are filling in are sent to it. It stays “{slug}”."
OPENED = "It is open, and its first day stays. To stop it, use “Stop a survey”."
TOLD = "People were told the last day. Move it on its page of dates, with a reason that they can read."


def build_checkboxes(choices, **more):
    named = [(choice.key, choice.label) for choice in choices]
    return forms.MultipleChoiceField(choices=named, required=False, widget=forms.CheckboxSelectMultiple, **more)


class ConsultationForm(WagtailAdminPageForm):
    ways = build_checkboxes(
        CHANNELS, label="Ways to answer", help_text="Two or more, and one of them not on a screen."
    )
    formats = build_checkboxes(FORMATS, label="Forms that it comes in")

    def clean(self):
        cleaned = super().clean()
        for name in ("title", "slug", "seo_title"):
            # Neutral titles and addresses only: both stay visible on screens and in browser histories (A3).
            if found := REVEALING_WORDS.search(cleaned.get(name) or ""):
                self.add_error(name, NOT_NEUTRAL.format(word=found[0]))
        self._refuse_what_people_were_told(cleaned)
        if not self.is_deferred_validation:  # submitted for approval
            if cleaned.get("machine_words") and not cleaned.get("words_checked_by"):
                self.add_error("words_checked_by", UNCHECKED)
            draft_submitted.send(type(self), form=self)
        return cleaned

    @cached_property
    def changed_data(self):
        """Wagtail compares typed numbers with stored ones, so a question with a number always seems changed.

        The approver would then become an author of the draft and could not approve it.
        """
        changed = super().changed_data
        cleaned = getattr(self, "cleaned_data", {}).get("body")
        if cleaned is None or self.fields["body"].has_changed(self["body"].initial, cleaned):
            return changed
        return [name for name in changed if name != "body"]

    def _refuse_what_people_were_told(self, cleaned):
        """A published address stays, and days change only where the change needs a reason that people can read."""
        stored = type(self.instance).objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if stored is None:
            return
        if stored.first_published_at and cleaned.get("slug", stored.slug) != stored.slug:
            self.add_error("slug", ADDRESS.format(slug=stored.slug))
        if "opens" in cleaned and stored.is_open() and cleaned["opens"] != stored.opens:
            self.add_error("opens", OPENED)
        if "closes" in cleaned and stored.is_open() and stored.closes and cleaned["closes"] != stored.closes:
            self.add_error("closes", TOLD)
        moved = "feedback_date" in cleaned and cleaned["feedback_date"] != stored.feedback_date
        if moved and stored.is_feedback_date_public:
            self.add_error("feedback_date", PROMISED_OPEN if stored.is_open() else PROMISED)
