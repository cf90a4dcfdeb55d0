"""Demo of the coding desk: stances, marked sentences, memos, answers without a theme, saved sets, a draft of the next
codebook version, theme discovery, a sample coded twice, and a minority view.

The themes of a text do not change, because published figures count them.
"""

import random
import re
from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError

from cms.demo import demo_consultations
from cms.demo.demo_respondents import SEED, DemoRespondent
from cms.demo.example_texts import ExampleText
from insights.coding.agreement import actions as agreement
from insights.coding.blind_samples.models import SampledText
from insights.coding.codebooks import approve_version
from insights.coding.codebooks.actions import begin_draft, describe_version, open_draft_of
from insights.coding.codebooks.editing.actions import change_theme, merge_theme, move_theme, split_theme
from insights.coding.codebooks.theme_entry_rows import row_of_entry
from insights.coding.codebooks.theme_history import last_entry_of
from insights.coding.desk.actions import confirm_codes, save_set
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.desk.text_segments import split_into_sentences
from insights.coding.discovery import actions, suggestion_overview
from insights.coding.discovery.discovery_runs import find_suggestions
from insights.coding.discovery.models import SuggestionState
from insights.coding.models import Code, Codebook, Theme
from insights.corpus.models import Text
from insights.releases.minority_views import actions as minority_views
from insights.releases.models import Release

MOST = 40
LONG_WORD = re.compile(r"[a-z]{4,}")
MEMOS = (
    "Says it twice: once as a wish, once as a worry.",
    "The second sentence is the reason. The first is a greeting.",
    "Could be about lights too. I went by the place that it names.",
)
AGAINST = ("not", "no ", "never", "stop", "but", "do not")
OTHER = "A wish that no theme names yet. Shall we talk about it at the next codebook meeting?"
SETS = (
    (
        "officer1",
        "Lights, where the machine is unsure",
        {"theme": "lighting-cctv-guardians", "machine": "unsure"},
        True,
    ),
    ("officer1", "Mine with a note", {"show": "mine", "memo": "1"}, False),
    ("officer2", "No theme names it", {"show": "coded", "nothing": "other"}, True),
)


def fill_coding_desk(page, staff):
    coded = Text.objects.of(page).filter(status__coder=staff["officer1"]).order_by("text")
    for number, text in enumerate(coded[:MOST]):
        memo = MEMOS[number % len(MEMOS)] if number % 7 == 0 else ""
        confirm_with_details(text, memo, staff["officer1"], takes_a_side=number % 9 != 4)
    left = Text.objects.of(page).filter(status=None, codes=None, language="en").order_by("text")
    for number, text in enumerate(left[:4]):
        why = {"nothing": "no_reason"} if number % 2 else {"nothing": "other", "memo": OTHER}
        confirm_codes(text=text, themes=[], by=staff["officer2"], **why)
    for key, name, choices, shared in SETS:
        save_set(consultation=page, name=name, choices=choices, shared=shared, by=staff[key])
    arrange_desk()


def confirm_with_details(text, memo, by, *, takes_a_side):
    """Confirm a text's themes again, with a stance, a memo, and the sentences that name each theme."""
    themes = [code.theme for code in Code.objects.by_people().filter(text=text).select_related("theme")]
    if not themes:
        return
    stance = "disagrees" if any(word in text.text.lower() for word in AGAINST) else "agrees"
    stances = {theme.pk: "mixed" if len(themes) > 1 and theme == themes[-1] else stance for theme in themes}
    confirm_codes(
        text=text,
        themes=themes,
        by=by,
        memo=memo,
        stances=stances if takes_a_side else {},
        spans={theme.pk: find_theme_sentences(text, theme) for theme in themes},
    )


def find_theme_sentences(text, theme):
    """The sentences that share a word of four letters or more with the theme's entry in the codebook."""
    entry = last_entry_of(theme)
    words = set(LONG_WORD.findall(" ".join([entry.label, entry.include, *entry.keywords]).lower()))
    found = split_into_sentences(text.text)
    return [[one.start, one.end] for one in found if words & set(LONG_WORD.findall(one.text.lower()))]


WHY = (
    "What two readers and four young people said when they tried the themes on a hundred answers. "
    "One theme was two, two were one, and a definition left people guessing."
)
PARTS = (
    {
        "label": "Street lights and dark paths",
        "definition": "Places that are too dark, lamps that are broken, or light that helped.",
        "examples": ["the lights are broken", "it is pitch black on the path", "they put new lamps in"],
    },
    {
        "label": "Cameras and people looking out",
        "definition": "Cameras, wardens, staff or neighbours who watch a place, or nobody who does.",
        "examples": ["nobody is watching", "there is a camera now", "a warden walks past"],
    },
)


def draft_next_codebook(staff):
    drafter, book = staff["officer1"], Codebook.objects.get(slug="seed")
    draft = open_draft_of(book) or begin_draft(codebook=book, by=drafter)

    def entry(slug):
        return draft.entries.get(theme__slug=slug)

    describe_version(version=draft, label="with young people", why=WHY, by=drafter)
    split_theme(
        entry=entry("lighting-cctv-guardians"),
        parts=PARTS,
        why="Light is a matter for the council’s lamps; who looks out is a matter of people.",
        by=drafter,
    )
    merge_theme(
        entry=entry("return-conversations"),
        into=entry("missing-from-home-care"),
        why="Answers nearly always speak of both.",
        by=drafter,
    )
    move_theme(entry=entry("phones-family-rules"), family="home", why="They are rules of a family.", by=drafter)
    asked = entry("listened-believed")
    change_theme(entry=asked, row=row_of_entry(asked) | {"parent": "trusted-adult"}, by=drafter)
    waiting = entry("waiting-access")
    row = row_of_entry(waiting) | {
        "definition": "How long it takes to get help, and what stands in the way of getting in."
    }
    change_theme(entry=waiting, row=row, by=drafter)
    approve_version(version=draft, by=drafter)
    return draft


DAYS_AGO = 3
# Of these, the first one discovered becomes a theme; the next is dismissed.
THEMES = {
    "scooter": ("Scooters on pavements", "Electric scooters and bikes that are ridden or left on pavements."),
    "lift": ("Broken lifts in flats", "Lifts in blocks of flats that are broken, or that people get stuck in."),
    "library": ("Libraries", "Libraries that are shut when children and young people could use them."),
    "uniform": ("School uniform", "What a uniform costs, and rules about it."),
    "litter": ("Litter and bins", "Litter, and bins that are full or missing."),
}


def discover_missed_themes(page, staff):
    """Run the discovery, accept one suggestion and dismiss another."""
    find_suggestions(actions.ask_for_discovery(consultation=page, by=staff["officer1"]))
    rows = suggestion_overview.list_suggestion_rows(page, [SuggestionState.OPEN])
    found = [(row.suggestion, said) for word, said in THEMES.items() for row in rows if word in row.name.lower()]
    for accepted, (label, definition) in found[:1]:
        phrases = accepted.phrases
        actions.accept_suggestion(
            suggestion=accepted, label=label, definition=definition, phrases=phrases, by=staff["officer1"]
        )
    for dismissed, _ in found[1:2]:
        note = "Another service asks about this itself."
        actions.dismiss_suggestion(suggestion=dismissed, reason="outside", note=note, by=staff["officer2"])


def generate_missed_respondents(page, today):
    """About fifty respondents whose subject has no theme in the codebook."""
    rng = random.Random(f"{SEED} missed")  # noqa: S311  (invented people, not keys)
    question = demo_consultations.load_answer_plans()[page.slug]["text"]["question"]
    for subject, said in demo_consultations.load_demo_yaml("missed.yaml").items():
        for number, words in enumerate(said):
            voice = ExampleText(f"{subject}-{number}", words, "en", page.audience, False, (), (), "ordinary")
            day = today - timedelta(days=DAYS_AGO)
            yield DemoRespondent(rng.randbytes(16), day, "web", "en", {}, voice, question)


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
            voice = minority_views.write_minority_view(
                release=release, theme=theme, words=words, by=staff["officer1"], today=today
            )
            break
    if voice is None:
        return
    for key in ("officer2", "reader2"):
        minority_views.MINORITY_VIEWS.publish(voice, by=staff[key], today=today)
