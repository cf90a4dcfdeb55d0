"""5.5: the template says “do not tell us about what happened or who did it”, and free text has 300 letters at most."""

import pytest

from consultation.channels.web import form_tokens
from consultation.responses.models import Answer
from consultation.surveys.questionnaire_schema import Questionnaire
from tests.strategy.template_worlds import (
    answer,
    approve_seed_codebook,
    keys_of,
    publish_template,
    release_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]
STAGES = ["The report to the police", "The police interview", "Waiting for news", "At court", "After it was over"]
ADDRESS = "/en/have-your-say/police-court/answer/"


@pytest.fixture
def asked(home):
    return publish_template(home, "police-court")


def test_the_form_says_what_not_to_tell_and_asks_for_the_stage(client, asked):
    html = client.get(ADDRESS).content.decode()
    assert "Do not tell us about what happened or who did it." in html
    assert all(stage in html for stage in STAGES)


def test_free_text_has_three_hundred_letters_at_most(client, asked):
    texts = Questionnaire(asked[1].content).texts
    assert [item["max_length"] for item in texts] == [300]
    sent = {"token": form_tokens.issue_form_token(asked[1].pk), texts[0]["key"]: "a" * 301}
    refused = client.post(ADDRESS, sent)
    assert refused.status_code == 422 and not Answer.objects.exists()
    kept = client.post(ADDRESS, sent | {texts[0]["key"]: "a" * 300} | keys_of(asked[1], {"stage": "at-court"}))
    assert kept.status_code == 200 and Answer.objects.count() == 1


def test_planners_see_the_stage(client_as, asked, person):
    officers = approve_seed_codebook(person)
    answer(asked[1], 30, stage="waiting-for-news")
    answer(asked[1], 20, stage="at-court")
    release = release_of(asked[0], officers)
    html = client_as("planner").get(f"/insights/releases/{release.pk}/").content.decode()
    assert "How far have things come?" in html and "Waiting for news" in html
