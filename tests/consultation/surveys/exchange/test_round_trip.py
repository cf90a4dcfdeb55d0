"""Any questionnaire survives export to a sheet and import unchanged."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from wagtail.models import Locale

from consultation.file_output.spreadsheets import write_csv
from consultation.markup import holds_markup
from consultation.surveys.exchange.condition_notation import format_rule, parse_rule
from consultation.surveys.exchange.sheet_parsing import parse_sheet
from consultation.surveys.exchange.sheet_writing import build_cells
from consultation.surveys.models import ConsultationPage
from consultation.surveys.stable_keys import QuestionnaireKeys
from consultation.surveys.version_content import build_version_content

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]  # scales and pictures ask the database for their words

LETTERS = some.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
ANY_WORDS = some.one_of(
    some.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool),
    some.sampled_from(
        [
            "=1+1",
            "'=1+1",
            "''",
            "-5",
            "@home",
            "+44",
            "a, b; c",
            'say "no"',
            "١٢",
            "چھٹی",
            "'tis",
            "one\ntwo",
            "I <3 it",
            "a < b",
        ]
    ),
)
WORDS = ANY_WORDS.filter(lambda words: not holds_markup(words))  # tags are taken out of what comes in
MAYBE = some.one_of(some.just(""), WORDS)
FLAGS = ("dont_know", "rather_not", "sensitive", "not_for_groups", "online")
CHOICES_TYPES = ("single", "multiple", "area", "ranking", "grid")
PLAIN = ("yesno", "faces", "agreement", "short_text", "long_text", "slider", "number", "month", "about")


def item(id_, value):
    return {"type": "item", "id": id_, "value": value}


@some.composite
def choices(draw, place, other=True):
    number = draw(some.integers(2, 4))
    return [
        item(
            f"q{place}-{n}",
            {
                "text": draw(WORDS),
                "easy": draw(MAYBE),
                "exclusive": draw(some.booleans()),
                "other": other and n == number - 1 and draw(some.booleans()),
                "pictogram": draw(some.sampled_from(["", "bus"])),
            },
        )
        for n in range(number)
    ]


@some.composite
def conditions(draw, earlier):
    """A rule over questions that come before, as the editor keeps it."""

    def one(number):
        asked = draw(some.sampled_from(earlier))
        ids = draw(some.lists(some.sampled_from([f"{asked}-0", f"{asked}-1", "dont-know"]), min_size=1, unique=True))
        how = draw(some.sampled_from(["any_of", "none_of", "all_of"]))
        return {"type": "item", "id": f"{number}", "value": {"question": asked, "how": how, "any_of": ids}}

    def group(number):
        of = [one(n) for n in range(draw(some.integers(1, 3)))]
        return {
            "type": "group",
            "id": f"{number}",
            "value": {"join": draw(some.sampled_from(["any", "all"])), "of": of},
        }

    if not earlier:
        return {"join": "any", "of": []}
    of = [draw(some.sampled_from([one, group]))(n) for n in range(draw(some.integers(0, 3)))]
    return {"join": draw(some.sampled_from(["any", "all"])), "of": of}


@some.composite
def own(draw, type_, place):
    if type_ in CHOICES_TYPES:
        value = {"options": draw(choices(place, other=type_ not in ("grid", "ranking")))}
        if type_ == "grid":
            value["rows"] = [item(f"r{n}", {"text": draw(WORDS), "easy": draw(MAYBE)}) for n in range(2)]
        if type_ == "ranking":
            value["rank"] = draw(some.integers(1, 5))
        if type_ in ("single", "multiple"):
            value["apart"] = draw(some.booleans())
        several = {"limit": draw(some.integers(1, 3)), "pairs": draw(some.booleans())}
        return value | (several if type_ == "multiple" else {})
    if type_ in ("short_text", "long_text"):
        return {"max_length": draw(some.integers(100, 300)), "soon_box": draw(some.booleans())}
    if type_ == "slider":
        return {"low": 0, "high": draw(some.integers(1, 10)), "low_label": draw(WORDS), "high_label": draw(WORDS)}
    if type_ == "month":
        return {"first_year": 2020, "last_year": draw(some.integers(2021, 2026))}
    if type_ == "number":
        bands = [
            item("b0", {"start": 0, "end": 4, "text": ""}),
            item("b1", {"start": 5, "end": 9, "text": draw(WORDS)}),
        ]
        return {"least": 0, "most": 9, "unit": draw(MAYBE), "options": bands}
    if type_ == "about":
        bands = draw(some.sampled_from(["age-children", "age-young", "age-adults", "own"]))
        return {"bands": bands} | ({"options": draw(choices(place, other=False))} if bands == "own" else {})
    return {}


@some.composite
def bodies(draw):
    found, earlier = [], []
    for place in range(draw(some.integers(1, 5))):
        if draw(some.integers(0, 4)) == 0:
            value = {"text": draw(WORDS), "easy": draw(MAYBE), "body": draw(MAYBE), "body_easy": draw(MAYBE)}
            value |= {"level": draw(some.sampled_from(["1", "2"])), "show_if": draw(conditions(earlier))}
            found.append(
                {"type": "section", "id": f"part{place}", "value": value | {"sensitive": draw(some.booleans())}}
            )
        type_ = draw(some.sampled_from(CHOICES_TYPES + PLAIN))
        value = {name: draw(MAYBE) for name in ("easy", "hint", "hint_easy", "why")} | {"text": draw(WORDS)}
        value |= {name: draw(some.booleans()) for name in FLAGS}
        value |= {
            "about_you": draw(some.sampled_from(["", "age", "area", "other"])),
            "links": draw(some.sampled_from([[], ["1/understand-locations"]])),
            "themes": draw(some.sampled_from([[], ["lights"], ["lights", "buses"]])),
            "place_types": draw(some.sampled_from([[], ["park", "bus-stop"]])),
            "pictogram": draw(some.sampled_from(["", "bus"])),
            "show_if": draw(conditions(earlier)),
            "help_by_answer": [item("1", {"any_of": [f"q{place}-0"], "text": draw(WORDS), "entries": ["childline"]})]
            * draw(some.integers(0, 1)),
        }
        found.append({"type": type_, "id": f"q{place}", "value": value | draw(own(type_, place))})
        if type_ in CHOICES_TYPES:
            earlier.append(f"q{place}")
    return found


def page_of(body, language="en", **fields):
    page = ConsultationPage(locale=Locale(language_code=language), **fields)
    page.body = body
    return page


def translated(body, draw):
    """The same blocks with other words."""

    def turned(value):
        if isinstance(value, dict):
            return {
                name: draw(MAYBE)
                if name in ("text", "easy", "hint", "why", "unit", "body") and inner
                else turned(inner)
                for name, inner in value.items()
            }
        return [turned(one) for one in value] if isinstance(value, list) else value

    return turned(body)


def frozen(source, others=None):
    return build_version_content(source, others or {}, QuestionnaireKeys())


def out_and_in(content):
    """The content, after a sheet."""
    file = io.BytesIO()
    write_csv(file, *build_cells(content))
    sheet = parse_sheet(file.getvalue())
    pages = {
        language: page_of(
            sheet.blocks(language), language or "en", slug=content["slug"], title=sheet.field("text", language),
            summary=sheet.field("hint", language), summary_easy=sheet.field("easy", language),
            audience=sheet.head.cells["type"], codebook=sheet.head.cells["codebook"],
        )
        for language in ("", *sheet.languages)
    }  # fmt: skip
    return frozen(pages.pop(""), pages)


@pytest.mark.slow
@settings(max_examples=150)
@given(body=bodies(), title=WORDS, summary=WORDS, easy=MAYBE)
def test_freeze_export_and_import_give_the_same_questionnaire(body, title, summary, easy):
    content = frozen(page_of(body, slug="parks", title=title, summary=summary, summary_easy=easy))
    assert out_and_in(content) == content


@settings(max_examples=75)
@given(body=bodies(), data=some.data())
@pytest.mark.slow
def test_it_is_the_same_in_each_language(body, data):
    other = page_of(translated(body, data.draw), "pl", title=data.draw(WORDS), summary=data.draw(MAYBE))
    content = frozen(page_of(body, slug="parks", title="Parks", summary="Tell us."), {"pl": other})
    again = out_and_in(content)
    assert again["items"] == content["items"]
    assert {name: again[name] for name in ("title", "summary", "languages", "source", "missing")} == {
        name: content[name] for name in ("title", "summary", "languages", "source", "missing")
    }


@given(some.recursive(
    some.builds(
        lambda asked, kind, ids: {"question": asked, kind: ids},
        some.sampled_from(["q1", "q-2", "AND-1"]), some.sampled_from(["any_of", "none_of", "all_of"]),
        some.lists(some.sampled_from(["yes", "no", "dont-know"]), min_size=1, unique=True),
    ),
    lambda inner: some.builds(lambda name, rules: {name: rules}, some.sampled_from(["all", "any"]),
                              some.lists(inner, min_size=2, max_size=3)),
    max_leaves=8,
))  # fmt: skip
def test_a_condition_is_read_as_it_was_written(rule):
    assert parse_rule(format_rule(rule)) == rule
