"""Forms to move a published date, with a reason in English and in each live language."""

from django import forms
from django.conf import settings

from consultation.action_forms import build_day_field
from consultation.surveys.forms import NOT_NEUTRAL, REVEALING_WORDS
from consultation.surveys.models import Audience
from consultation.surveys.readability import (
    LONGEST_OF_CHILDREN,
    PARENTS,
    grade_sentences,
    list_hard_words,
    reading_age,
)
from consultation.surveys.schedule.policies import promised_answer_day

LONGEST = 200
# The highest reading grades of a reason. A single sentence may exceed the average: 6 for children (X6).
HIGHEST_GRADES = {Audience.CHILDREN: LONGEST_OF_CHILDREN, Audience.PROFESSIONALS: 12.0}
HARD = (
    "This is hard to read: it reads like for {found} years, and {limit} or less is needed. "
    "Shorter words and sentences help{hard}."
)


class LastDayForm(forms.Form):
    to = build_day_field(
        "New last day",
        "Later keeps it open for longer, earlier closes it sooner. What came in is kept and read either way.",
    )

    def __init__(self, *args, page, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["to"].initial = page.closes
        for language in languages:
            self.fields[f"why_{language.code}"] = self._build_reason_field(language)

    def _build_reason_field(self, language):
        first = language.code == settings.LANGUAGE_CODE
        return forms.CharField(
            label="Why, in plain words" if first else f"Why, in {language.name}",
            required=first,
            max_length=LONGEST,
            help_text="Everyone who opens the page reads it, such as “Many of you asked for more time.” No names."
            if first
            else "",
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "lang": language.code, "dir": language.direction, "size": 60}
            ),
            error_messages={"required": "Say why, in plain words. Everyone can read it."},
        )

    def first(self):
        return [self["to"], self[f"why_{settings.LANGUAGE_CODE}"]]

    def others(self):
        """The reason in the other languages."""
        known = {field.name for field in self.first()}
        return [field for field in self if field.name not in known]

    def clean(self):
        cleaned = super().clean()
        for name, text in self.words().items():
            if found := REVEALING_WORDS.search(text):
                self.add_error(f"why_{name}", NOT_NEUTRAL.format(word=found[0]))
        said = self.words().get(settings.LANGUAGE_CODE, "")
        limit = HIGHEST_GRADES.get(self.page.audience, PARENTS)
        if (grade := grade_sentences(said)) > limit:
            words = ", ".join(list_hard_words(said)[:3])
            ages = {"found": reading_age(grade), "limit": reading_age(limit)}
            hard = HARD.format(hard=f": {words}" if words else "", **ages)
            self.add_error(f"why_{settings.LANGUAGE_CODE}", hard)
        return cleaned

    def words(self):
        """{language: words}"""
        found = {name.removeprefix("why_"): text for name, text in self.cleaned_data.items() if name != "to"}
        return {language: text for language, text in found.items() if text}


class AnswerDayForm(LastDayForm):
    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, page=page, **kwargs)
        self.fields["to"].label = "New day of our answer"
        self.fields["to"].help_text = "People are told it, and the day that it was before."
        self.fields["to"].initial = promised_answer_day(page.closes, page.feedback_date)
