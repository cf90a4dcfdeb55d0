"""The demo's respondents: consultation, day, channel and texts. Seeded, so always the same."""

import math
import random
from dataclasses import dataclass, field
from datetime import timedelta

from cms.demo import example_texts
from cms.demo.closed_answer_generator import ClosedAnswerGenerator, pick_weighted
from consultation.surveys.questionnaire_schema import OTHER, Questionnaire, build_other_item, list_chosen_keys

SEED = 20270111
# Days. Worrying answers of an open consultation are recent, so that readers and leads have work.
RECENT = 9


@dataclass
class DemoRespondent:
    """One respondent: the arguments of `submit`, and the example text with its labels."""

    nonce: bytes
    day: object
    channel: str
    language: str
    closed: dict
    voice: example_texts.ExampleText | None = None
    question: str = ""
    soon: bool = False
    beside: dict = field(default_factory=dict)  # {question id: text of its "other" choice}

    @property
    def may_quote(self):
        """Seven in eight say yes."""
        return self.nonce[0] % 8 != 0

    @property
    def texts(self):
        said = {self.question: (self.voice.text, self.soon)} if self.voice else {}
        return said | {f"{asked}{OTHER}": (words, False) for asked, words in self.beside.items()}


def generate_respondents(page, version, plan, today):
    """All respondents of a consultation, ordered by day."""
    rng = random.Random(f"{SEED} {page.slug}")  # noqa: S311  (invented people, not keys)
    last = min(page.closes, today)
    found = [_generate_respondent(version, plan, voice, rng) for voice in _choose_texts(page, plan, rng)]
    while len(found) < plan["people"]:
        found.append(_generate_respondent(version, plan, None, rng))
    for person in found:
        person.day = _draw_day(page.opens, last, person, page.is_open(today), rng)
    found.sort(key=lambda person: person.day)
    _add_other_texts(found, plan, Questionnaire(version.content))
    return found


def _add_other_texts(people, plan, questionnaire):
    """The latest respondents who chose "something else" get a text for it, which waits for a reader."""
    for asked, words in plan.get("beside", {}).items():
        item = questionnaire.by_id(asked)
        chose = [one for one in people if build_other_item(item)["option"] in list_chosen_keys(item, one.closed)]
        for person, said in zip(reversed(chose), words, strict=False):
            person.beside[asked] = said


def _choose_texts(page, plan, rng):
    text = plan["text"]
    calm = example_texts.choose_calm_texts(
        text["question"],
        audience=page.audience,
        themes=text["themes"],
        enough=text["calm"],
        also=text.get("also", ()),
        rng=rng,
    )
    worrying = example_texts.choose_worrying_texts(
        audience=page.audience, languages=text["languages"], enough=text["worrying"], rng=rng
    )
    return [*calm, *worrying]


def _generate_respondent(version, plan, voice, rng):
    """A respondent with this text or none; their age fits the text."""
    questionnaire = Questionnaire(version.content)
    ages = plan.get("ages", {}).get(voice.audience) if voice else None
    known = {"age": pick_weighted(rng, ages)} if ages else {}
    question = plan["text"]["question"]
    if voice:
        known |= {asked: pick_weighted(rng, weights) for asked, weights in plan["text"].get("who", {}).items()}
    closed = ClosedAnswerGenerator(questionnaire, plan["questions"], rng, known).draw_answers()
    return DemoRespondent(
        nonce=rng.randbytes(16),
        day=None,
        channel=pick_weighted(rng, plan["channels"]),
        language=voice.language.partition("-")[0] if voice else "en",
        closed=closed,
        voice=voice,
        question=question,
        soon=bool(voice) and rng.random() < (0.25 if voice.worrying else 0.02),
    )


def _draw_day(opens, last, person, is_open, rng):
    """Draw a day: most in the first days, some in the last, fewer at weekends."""
    days = [opens + timedelta(days=number) for number in range((last - opens).days + 1)]
    if is_open and person.voice and person.voice.worrying:
        days = days[-RECENT:]
    weights = {}
    for day in days:
        weekend = 0.35 if day.weekday() >= 5 else 1
        weights[day] = weekend * (0.25 + math.exp(-(day - opens).days / 14) + 0.4 * math.exp(-(last - day).days / 3))
    return pick_weighted(rng, weights)
