"""Theme discovery in the demo: answers without a theme in the codebook, a discovery run, two settled suggestions."""

import random
from datetime import timedelta

from cms.demo import consultations
from cms.demo.crowd import SEED, Answering
from cms.demo.voices import Voice
from insights.coding.discovery import actions, reading
from insights.coding.discovery.models import State
from insights.coding.discovery.working import look

DAYS_AGO = 3
# Of these, the first one discovered becomes a theme; the next is dismissed.
THEMES = {
    "scooter": ("Scooters on pavements", "Electric scooters and bikes that are ridden or left on pavements."),
    "lift": ("Broken lifts in flats", "Lifts in blocks of flats that are broken, or that people get stuck in."),
    "library": ("Libraries", "Libraries that are shut when children and young people could use them."),
    "uniform": ("School uniform", "What a uniform costs, and rules about it."),
    "litter": ("Litter and bins", "Litter, and bins that are full or missing."),
}


def show(page, staff):
    """Run the discovery, accept one suggestion and dismiss another."""
    look(actions.ask(consultation=page, by=staff["officer1"]))
    _decide(page, staff)


def people(page, today):
    """About fifty respondents whose subject has no theme in the codebook."""
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
        note = "Another service asks about this itself."
        actions.dismiss(suggestion=dismissed, reason="outside", note=note, by=staff["officer2"])
