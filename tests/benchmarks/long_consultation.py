"""A consultation of sixty questions in six parts, with easy read, hints, choices and conditions."""

from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from tests.consultation.surveys.conftest import PROMISES, asked, raw, when

QUESTIONS, IN_A_PART = 60, 10
TYPES = ("single", "multiple", "yesno", "faces", "agreement", "single", "multiple", "faces", "short_text", "single")
WORDS = {
    "easy": "Is it easy to get to?",
    "hint": "Think of the last four weeks.",
    "hint_easy": "Think of last month.",
    "why": "We plan the buses with it.",
}


def blocks(questions=QUESTIONS):
    made = []
    for number in range(questions):
        if number % IN_A_PART == 0:
            made.append(raw({"text": f"Part {number // IN_A_PART + 1}", "level": "1"}, "section", f"part-{number}"))
        made.append(_question(number))
    return made


def _question(number):
    type_ = TYPES[number % len(TYPES)]
    choices = ["Bus", "Bike", "Walk", "Car"] if type_ in ("single", "multiple") else ()
    more = dict(WORDS)
    if type_ == "short_text":
        more |= {"max_length": 120, "dont_know": False}
    if number % 5 == 4:
        more["show_if"] = when(f"q{number - number % 10}", "bus", "bike")
    return asked(f"q{number}", f"How is the way to place number {number + 1}?", type_, choices, **more)


def page(questions=QUESTIONS):
    index = ConsultationIndexPage.objects.get(locale__language_code="en")
    made = ConsultationPage(title="A long one", slug="long", summary="Tell us.", locale=index.locale, live=False)
    for name, value in PROMISES.items():
        setattr(made, name, value)
    made.body = blocks(questions)
    index.add_child(instance=made)
    made.save_revision()
    return made
