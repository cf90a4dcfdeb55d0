"""Example texts for the demo: written and labelled for this product, and selected to fit a question."""

import csv
import itertools
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cms.demo.demo_consultations import load_demo_yaml
from consultation.reading import screening

EXAMPLES = Path(screening.__file__).parent / "data"
FILES = ("answers_train.csv", "vignettes_dev.csv")
AUDIENCES = {
    "children-young-people": {"young_12_14", "young_15_17", "children-young-people"},
    "communities": {"parent", "community", "parents-carers", "communities"},
    "professionals": {"professional", "professionals"},
}
# Test strings, not plausible answers.
NOT_ANSWERS = {"malicious-or-spam"}
SUGGESTS = re.compile(
    r"\b(more|should|stop|put|make|have|let|need|bring|train|give|don'?t|fix|get|tell|teach|show|open|light\w*|better)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ExampleText:
    """One example answer with its author's labels: language, personal data, themes, worrying or not."""

    id: str
    text: str
    language: str
    audience: str
    worrying: bool
    spans: tuple
    themes: tuple
    kind: str


@cache
def load_examples():
    """All example answers, in file order."""
    return tuple(_iterate_examples())


def _iterate_examples():
    for name in FILES:
        with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                spans = json.loads(row["pii_spans"])
                yield ExampleText(
                    id=row["id"],
                    text=row["text"],
                    language=row.get("language") or "en",
                    audience=row["audience"],
                    worrying=row["disclosure"] == "1",
                    spans=tuple({"start": start, "end": end, "type": type_} for start, end, type_ in spans),
                    themes=tuple(theme for theme in row["themes"].split("|") if theme),
                    kind=row.get("kind") or row.get("hard_negative") or "ordinary",
                )


def iterate_question_texts(question):
    """Answers written for one question."""
    written = load_demo_yaml("extra_voices.yaml")
    for number, row in enumerate(written.get(question, ()), start=1):
        themes = tuple(row["themes"].split("|"))
        yield ExampleText(f"{question}-{number}", row["text"], "en", row["audience"], False, (), themes, "written")


def generate_sayings(question, rng):
    """Variants of common answers, drawn from the templates of sayings.yaml."""
    for group in load_demo_yaml("sayings.yaml").get(question, ()):
        said = list(dict.fromkeys(said for line in group["say"] for said in _fill_template(line, group["words"])))
        for text in rng.sample(said, min(group["many"], len(said))):
            audience = rng.choice(group["audience"])
            yield ExampleText(
                f"{question}: {text}", text, "en", audience, False, (), _list_saying_themes(group, text), "written"
            )


def _list_saying_themes(group, text):
    """The themes of the group, and those `besides` whose phrases the text holds."""
    more = [theme for theme, said in group.get("besides", {}).items() if any(phrase in text for phrase in said)]
    return (*group["themes"].split("|"), *more)


def _fill_template(line, words):
    """The template with every combination of its words."""
    slots = [slot for slot in words if f"{{{slot}}}" in line]
    for chosen in itertools.product(*(words[slot] for slot in slots)):
        yield line.format(**dict(zip(slots, chosen, strict=True)))


def choose_calm_texts(question, *, audience, themes, enough, also, rng):
    """Calm answers that fit a question: all written for it, and the `enough` best examples.

    `themes` maps theme slugs to weights of fit; examples with an id in `also` come first.
    """
    found = [
        voice
        for voice in load_examples()
        if voice.audience in AUDIENCES[audience]
        and not voice.worrying
        and voice.kind not in NOT_ANSWERS
        and (voice.id in also or any(theme in themes for theme in voice.themes))
    ]
    ranked = sorted(found, key=lambda voice: (voice.id not in also, -_fit_score(voice, themes), rng.random()))
    return [*iterate_question_texts(question), *generate_sayings(question, rng), *ranked[:enough]]


def _fit_score(voice, themes):
    score = (
        sum(themes.get(theme, 0) for theme in voice.themes) + bool(SUGGESTS.search(voice.text)) - len(voice.text) / 400
    )
    return score - 1.5 * len(voice.spans) - (voice.kind == "hard_negative")


def choose_worrying_texts(*, audience, languages, enough, rng):
    """Examples that a safeguarding lead must see."""
    found = [
        voice
        for voice in load_examples()
        if voice.worrying and voice.audience in AUDIENCES[audience] and voice.language in languages
    ]
    return rng.sample(found, enough)
