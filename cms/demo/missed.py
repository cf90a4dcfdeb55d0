"""What the codebook misses, in the demo: answers on things that it has no theme for, a look of the machine, and what two
officers made of its suggestions."""

import random
from datetime import timedelta

from cms.demo import consultations
from cms.demo.crowd import SEED, Answering
from cms.demo.voices import Voice
from consultation.answering.actions import submit
from consultation.reading.actions import release_due, screen_unread
from insights.coding.discovery import actions, reading
from insights.coding.discovery.models import State
from insights.coding.discovery.working import look
from insights.intake.actions import take

DAYS_AGO = 3
# The first of these that the machine finds becomes a theme, and the next one is dismissed.
THEMES = {
    "scooter": ("Scooters on pavements", "Electric scooters and bikes that are ridden or left on pavements."),
    "lift": ("Broken lifts in flats", "Lifts in blocks of flats that are broken, or that people get stuck in."),
    "library": ("Libraries", "Libraries that are shut when children and young people could use them."),
    "uniform": ("School uniform", "What a uniform costs, and rules about it."),
    "litter": ("Litter and bins", "Litter, and bins that are full or missing."),
}


def show(page, desk, staff, today):
    """Some fifty more answers are read and cleared; the machine looks; one suggestion is accepted, and one dismissed.
    The worker's sweep proposes codes for them when the demo is served, as for any answer that is new."""
    people = list(_people(page, today))
    version = page.versions.order_by("-number").first()
    for one in people:
        submit(version=version, nonce=one.nonce, language="en", closed={}, texts=one.texts, day=one.day)
    screen_unread()
    desk.read(people)
    release_due()
    take()
    look(actions.ask(consultation=page, by=staff["officer1"]))
    _decide(page, staff)


def _people(page, today):
    rng = random.Random(f"{SEED} missed")  # noqa: S311  (invented people, not keys)
    question = consultations.plans()[page.slug]["text"]["question"]
    for subject, said in consultations.read("missed.yaml").items():
        for number, words in enumerate(said):
            voice = Voice(f"{subject}-{number}", words, "en", page.audience, False, (), (), "ordinary")
            day = today - timedelta(days=DAYS_AGO)
            yield Answering(rng.randbytes(16), day, "web", "en", {}, voice, question)


def _decide(page, staff):
    rows = reading.rows(page, [State.OPEN])
    found = [(row.suggestion, said) for word, said in THEMES.items() for row in rows if word in row.name.lower()]
    for accepted, (label, definition) in found[:1]:
        phrases = accepted.phrases
        actions.accept(suggestion=accepted, label=label, definition=definition, phrases=phrases, by=staff["officer1"])
    for dismissed, _ in found[1:2]:
        note = "The housing service asks about this itself."
        actions.dismiss(suggestion=dismissed, reason="outside", note=note, by=staff["officer2"])
