"""Blind double coding of a sample before the newest release, and a minority view."""

import random
from contextlib import suppress

from django.core.exceptions import ValidationError

from cms.demo.demo_respondents import SEED
from insights.coding.agreement import actions as agreement
from insights.coding.blind_samples.models import SampledText
from insights.coding.models import Theme
from insights.releases.minority_views import actions as voices
from insights.releases.models import Release

SIZE = 120
DIFFER = 0.3  # share of answers that the second coder codes differently
LEFT_TO_SETTLE = 2
SEES_INSTEAD = {
    "lighting-cctv-guardians": "feel-unsafe-places",
    "feel-unsafe-places": "lighting-cctv-guardians",
    "police-contact": "listened-believed",
    "trusted-adult": "listened-believed",
}
KEPT = (
    ("first", "The first choice says what the answer is about."),
    ("first", "The second sentence is about the place, not about what is missing there."),
    ("first", "The other theme is not named here."),
)
VOICES = {  # of which the first is written whose number the release does not show
    "online-strangers": "Strangers online pretend to be friends, and it is hard to tell who is real. Young people want "
    "to know whom they can ask before they answer.",
    "criminal-exploitation": "Being asked to carry things for others is hard to refuse. Young people want a safe way to say "
    "no, and somebody to tell.",
    "knives-violence": "Some know of knives and are afraid of them. Young people want adults to act before anyone is hurt.",
}


def double_code_sample(page, staff, today):
    """Drawn by an officer, coded by a reader; the officer settles all but two differences."""
    study = agreement.draw_sample(
        consultation=page, size=SIZE, by=staff["officer1"], second=staff["reader1"], today=today
    )
    rng = random.Random(f"{SEED} second")  # noqa: S311
    themes = {theme.pk: theme for theme in Theme.objects.filter(codebook__slug="seed")}
    by_slug = {theme.slug: theme for theme in themes.values()}
    for row in SampledText.objects.for_second(staff["reader1"]).filter(study=study).order_by("text__text"):
        chosen = [themes[pk] for pk in row.first.themes]
        if rng.random() < DIFFER:
            chosen = _recode_differently(chosen, by_slug)
        agreement.save_second_choice(sampled=row, themes=chosen, by=staff["reader1"], today=today)
    agreement.measure_ended_studies()
    disputed = list(study.sample.disputed().select_related("text").order_by("text__text"))
    for number, row in enumerate(disputed[LEFT_TO_SETTLE:]):
        kept, reason = KEPT[number % len(KEPT)]
        agreement.settle_disagreement(sampled=row, kept=kept, reason=reason, by=staff["officer1"])


def _recode_differently(chosen, by_slug):
    """Replace one theme by a similar one, or else drop the first."""
    instead = next((theme for theme in chosen if theme.slug in SEES_INSTEAD), None)
    if instead is None:
        return chosen[1:]
    other = by_slug[SEES_INSTEAD[instead.slug]]
    return list({theme.pk: theme for theme in (*chosen, other) if theme != instead}.values())


def approve_minority_view(page, staff, today):
    """A minority view written by one officer, approved by another and a reader, of the first theme that may have one: the
    noise decides which numbers are hidden."""
    release = Release.objects.published().filter(consultation=page).order_by("-number").first()
    voice = None
    for slug, words in VOICES.items():
        theme = Theme.objects.get(codebook__slug="seed", slug=slug)
        with suppress(ValidationError):
            voice = voices.write_minority_voice(
                release=release, theme=theme, words=words, by=staff["officer1"], today=today
            )
            break
    if voice is None:
        return
    for key in ("officer2", "reader2"):
        voices.VOICES.publish(voice, by=staff[key], today=today)
