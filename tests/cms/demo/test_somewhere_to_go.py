"""The demo's consultation with every type of question is complete, and its answers fit the questions."""

import gzip
import re

import pytest
from django.conf import settings
from django.utils import timezone

from cms.demo import demo_consultations
from cms.demo.demo_consultations import load_pictures
from cms.demo.demo_respondents import generate_respondents
from consultation.handover import iter_closed_answers
from consultation.responses.models import Answer
from consultation.responses.submission import submit_response
from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.type_registry import all_types
from insights.releases import cross_tabulation

pytestmark = pytest.mark.django_db
SLUG = "somewhere-to-go"
MOST_OF_PICTURES = 10_000
EVERY = [code for code, _ in settings.LANGUAGES]


@pytest.fixture
def page(home, person):
    officer, today = person("engagement_officer"), timezone.localdate()
    data = next(data for data in demo_consultations.list_written_consultations() if data["slug"] == SLUG)
    data = demo_consultations._move_to_today(data, demo_consultations.load_answer_plans()[SLUG], today) | {
        "pictures": load_pictures(officer)
    }
    return load_consultation(data, by=officer)


@pytest.mark.slow
def test_every_type_is_asked_once_and_passes_the_officers_own_checks(page):
    asked = {item["type"] for item in page.versions.get().content["items"]}
    assert asked == {one.name for one in all_types()}
    assert page.body.stream_block.clean(page.body)


@pytest.mark.slow
def test_it_speaks_every_language_down_to_the_alternative_texts(page):
    content = page.versions.get().content
    assert content["languages"] == EVERY
    assert content["missing"] == {"pl": 4, "sk": 4, "ro": 4}, "places whose names stay"
    for option in Questionnaire(content).by_id("inside")["options"]:
        assert set(option["alt"]) == set(EVERY) and option["picture"]["src"].startswith("asked/")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ur", "pa", "sk"])
def test_the_first_visit_is_small_and_pictures_come_at_once(client, page, language):
    packed = {"accept-encoding": "gzip"}
    response = client.get(f"/{language}/have-your-say/{SLUG}/answer/", headers=packed)
    html = gzip.decompress(response.content).decode()
    looks = [client.get(path, headers=packed).content for path in re.findall(r'(?:href|src)="(/look/[^"]+)"', html)]
    pictures = [b"".join(client.get(path).streaming_content) for path in re.findall(r'<img src="([^"]+)"', html)]
    assert len(pictures) == 4 and 'loading="lazy"' not in html
    assert len(response.content) + sum(map(len, looks)) <= 25_000
    assert sum(map(len, pictures)) <= MOST_OF_PICTURES


@pytest.mark.slow
def test_its_people_are_counted_by_bands(page):
    version = page.versions.get()
    people = generate_respondents(page, version, demo_consultations.load_answer_plans()[SLUG], timezone.localdate())
    for one in people:
        submit_response(
            version=version, nonce=one.nonce, language=one.language, closed=one.closed, texts=one.texts,
            channel=one.channel, day=one.day,
        )  # fmt: skip
    hours = Questionnaire(version.content).by_id("hours")
    keys = {option["key"] for option in hours["options"]} | {"dk", "na", None}
    assert {row.closed.get(hours["key"]) for row in iter_closed_answers(page)} <= keys
    tables = {
        asked.key: asked for asked in cross_tabulation.build_question_tables(*cross_tabulation.gather_crowd(page))
    }
    assert sum(tables["hours"].table.counts[place][0] for place in range(4)) > 60
    assert tables["since"].options[0] == ("2022", "2022")
    assert tables["inside"].table.base and tables["where"].table.base
    assert {asked.kind for asked in tables.values() if asked.key in ("area", "age", "year")} == {"about"}
    beside = Answer.objects.filter(question__endswith=":other").values_list("question", flat=True)
    assert sorted(beside) == ["travel:other", *["where:other"] * 3]
