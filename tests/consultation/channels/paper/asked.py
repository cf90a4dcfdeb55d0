"""A questionnaire with every type of question and of branching, in English, Urdu and Polish."""

from datetime import date

from consultation.surveys.answer_scales import translate_scale_step
from consultation.surveys.type_registry import find_type
from tests import factories

LANGUAGES = ["en", "ur", "pl"]
PLACES = {"ur": "آپ کہاں جاتے ہیں؟", "pl": "Dokąd chodzisz?"}
PARKS = {"ur": "پارک", "pl": "Parki"}


def scale(name):
    return [
        {"id": id_, "key": str(place), "text": translate_scale_step(word, LANGUAGES), "easy": {}, "exclusive": False}
        for place, (id_, word) in enumerate(find_type(name).steps.items(), start=1)
    ]


def named(item, *ids):
    for option, id_ in zip(item["options"], ids, strict=True):
        option["id"] = id_
    return item


def questions():
    question = factories.question
    places = question("b", "multiple", ["Parks", "Town", "Bus stops", "Something else", "None of these"], limit=3)
    places["text"] = {"en": "Where do you go?"} | PLACES
    places["options"][0]["text"] |= PARKS
    places["options"][3]["other"], places["options"][4]["exclusive"] = True, True
    bands = question("k", "number", ["0–5", "6–20"], min=0, max=20, unit={"en": "hours"})
    for option, (low, high) in zip(bands["options"], ((0, 5), (6, 20)), strict=True):
        option |= {"from": low, "to": high}
    pictures = question("m", "pictures", ["A bus", "A home"])
    for option, name in zip(pictures["options"], ("bus", "home"), strict=True):
        option |= {"picture": name, "alt": {"en": f"Drawing of a {name}"}}
    ranking = question("i", "ranking", ["Lights", "Buses", "Youth workers", "None"], rank=3)
    ranking["options"][3]["exclusive"] = True
    rows = [{"id": f"r-{key}", "key": key, "text": {"en": text}, "easy": {}} for key, text in ROWS]
    also = ["dont-know", "rather-not"]
    return [
        question("a", "section", text={"en": "Places"}, level=1, also=[]),
        places,
        question("c", "faces", also=also) | {"options": scale("faces")},
        question("d", "yesno", also=["rather-not"]) | {"options": scale("yesno")},
        question("e", "single", ["Very well", "Not well"], show_if={"question": "q-d", "any_of": ["yes"]}),
        question("f", "agreement", also=also) | {"options": scale("agreement")},
        question("g", "section", text={"en": "Better"}, level=1, also=[], sensitive=True, show_if=RULE),
        question("h", "grid", ["Safe", "Not safe"], rows=rows),
        ranking,
        named(
            question("j", "slider", ["0", "1", "2"], ends={"low": {"en": "Never"}, "high": {"en": "Always"}}), *"012"
        ),
        bands,
        named(question("l", "month", ["2025", "2026"]), "2025", "2026"),
        pictures,
        question("n", "short_text"),
        question("o", "long_text", also=also),
        question("p", "section", text={"en": "About you"}, level=1, also=[]),
        question("q", "area", ["North", "South"], about_you="area"),
        question("r", "about", ["11–13", "14–15"], about_you="age"),
    ]


ROWS = (("a", "In the day"), ("b", "In the dark"))
RULE = {
    "any": [
        {"question": "q-b", "any_of": ["b-1", "b-2"]},
        {"all": [{"question": "q-d", "none_of": ["no"]}, {"question": "q-b", "all_of": ["b-3"]}]},
    ]
}


def content(**more):
    return factories.content(*questions(), slug="out", languages=LANGUAGES, title={"en": "Out and about"}, **more)


PAPER = {"paper_runner": "The Partnership", "paper_desk": "any library", "closes": date(2999, 3, 12)}


def published(home, asked=None, **fields):
    """(page, version) of a live consultation that asks this, with what a form must say."""
    from django.utils import timezone

    from consultation.surveys.models import PublishedVersion

    page, first = factories.consultation(home, slug="out", title="Out and about", **PAPER | fields)
    return page, PublishedVersion.objects.create(
        page=page, number=first.number + 1, content=asked or content(), published_at=timezone.now(), published_by=None
    )
