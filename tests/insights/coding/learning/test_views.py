import re

import pytest
from django.urls import reverse

from insights.coding.learning.actions import ask_for_model, get_model_in_use
from insights.coding.learning.models import LearnedModel, ModelState
from tests import factories

pytestmark = pytest.mark.any_database

FIGURES = {
    "answers": 212,
    "themes": 3,
    "micro_f1": 0.71,
    "macro_f1": 0.58,
    "micro_f1_interval": [0.68, 0.74],
    "macro_f1_interval": [0.52, 0.63],
    "calibration_error": 0.04,
    "calibration": [{"said": 0.7, "right": 0.66}],
    "of_theme": {"lights": 0.8, "staff": 0.6},
}


@pytest.fixture
def two(codebook):
    """The codebook's own model, kept, and one that learned from 212 answers, in use."""
    alone = get_model_in_use(codebook)
    alone.state = ModelState.KEPT
    alone.save()
    learned = LearnedModel.objects.create(
        codebook=alone.codebook, version=codebook, state=ModelState.LIVE, engine=alone.engine, digest="abcdef123456",
        artefact=b"x", texts=212, figures=FIGURES, why="At least 20 more answers were coded.", made_on=alone.made_on,
    )  # fmt: skip
    return alone, learned


def test_a_page_without_a_codebook_says_so(client, officer):
    client.force_login(officer)
    assert "There is no codebook yet." in client.get(reverse("insights:models")).text


def test_a_codebook_without_a_model_says_who_makes_one(client, officer, codebook):
    client.force_login(officer)
    assert "No model yet." in client.get(reverse("insights:models")).text


def test_the_list_shows_figures_with_their_intervals_and_no_exact_number(client, officer, two):
    client.force_login(officer)
    page = client.get(reverse("insights:models")).text
    assert "many answers" in page
    assert not re.search(r"\b21[02]\b", page)
    assert "(68 to 74)" in page
    assert "Too few to say" in page


def test_the_detail_says_what_it_saw_and_how_often_it_is_right(client, officer, two):
    client.force_login(officer)
    page = client.get(reverse("insights:model", args=[two[1].pk])).text
    for words in ("<dd>many</dd>", "5 people used it", "abcdef123456", "70%", "66%", "Lights", "In use"):
        assert words in page


def test_a_person_puts_an_earlier_one_in_use(client, officer, two):
    client.force_login(officer)
    address = reverse("insights:use-model", args=[two[0].pk])
    assert "This field is required." in client.post(address, {"reason": ""}).text
    assert client.post(address, {"reason": "Lights are everywhere"}, follow=True).status_code == 200
    two[0].refresh_from_db()
    two[1].refresh_from_db()
    assert (two[0].state, two[1].state) == (ModelState.LIVE, ModelState.ROLLED_BACK)
    assert "Lights are everywhere" in client.get(reverse("insights:model", args=[two[0].pk])).text


def test_a_coder_looks_and_cannot_put_in_use(client, two):
    client.force_login(factories.staff("coder@example.org", "insights.code_themes"))
    address = reverse("insights:model", args=[two[0].pk])
    assert "Put it in use" not in client.get(address).text
    assert client.post(reverse("insights:use-model", args=[two[0].pk]), {"reason": "x"}).status_code == 403


def test_asking_shows_that_it_was_asked_for(client, officer, two):
    client.force_login(officer)
    page = client.post(reverse("insights:ask-model", args=["seed"]), follow=True).text
    assert "A new model is asked for. A worker makes it" in page
    assert LearnedModel.objects.waiting().get().asked_by == officer
    waiting = ask_for_model(codebook=two[0].codebook, by=officer)
    assert "not fitted yet" in client.get(reverse("insights:model", args=[waiting.pk])).text
