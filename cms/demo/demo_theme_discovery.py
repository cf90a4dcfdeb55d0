"""Theme discovery in the demo: answers without a theme in the codebook, a discovery run, two settled suggestions."""

import random
from datetime import timedelta

from cms.demo import demo_consultations
from cms.demo.demo_respondents import SEED, DemoRespondent
from cms.demo.example_texts import ExampleText
from insights.coding.discovery import actions, suggestion_overview
from insights.coding.discovery.discovery_runs import find_suggestions
from insights.coding.discovery.models import SuggestionState

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
