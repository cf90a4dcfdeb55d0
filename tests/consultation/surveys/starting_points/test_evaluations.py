"""An evaluation begins as a draft for each round, and a later round takes over what the one before it asked."""

import pytest
from django.urls import reverse

from consultation.access import NotAllowed
from consultation.surveys.answer_scales import GROUP_CODES, LEVELS
from consultation.surveys.models import ConsultationPage
from consultation.surveys.starting_points import actions
from consultation.surveys.starting_points.consultation_templates import load_templates
from consultation.surveys.type_registry import type_of

pytestmark = pytest.mark.django_db


def begin(template, officer, title="What is OK?"):
    return actions.start_from_template(template=load_templates()[template], title=title, by=officer)


def ids(page):
    return [block.id for block in ConsultationPage.objects.get(pk=page.pk).get_latest_revision_as_object().body]


def test_one_press_makes_a_draft_for_each_round_and_all_ask_the_same(index, officer):
    first = begin("attitudes", officer)
    made = ConsultationPage.objects.exclude(evaluation_round="").order_by("pk")
    assert [page.title for page in made] == [
        "What is OK? (before)",
        "What is OK? (after)",
        "What is OK? (three months on)",
    ]
    assert [page.evaluation_round for page in made] == ["before", "after", "later"] and made[0] == first
    assert [page.wave_of for page in made] == [None, made[0], made[1]]
    assert ids(made[0]) == ids(made[1]) == ids(made[2])


def test_measures_of_a_year_begin_as_one_draft_and_the_next_wave_is_the_next_year(index, officer, publish):
    first = begin("outcome-measures", officer)
    assert ConsultationPage.objects.count() == 1 and first.title == "What is OK?"
    publish(first, officer)
    again = actions.start_from_past(past=first, title="What is OK? 2027", by=officer, wave=True)
    assert again.evaluation_round == "year" and again.wave_of == first
    assert actions.start_from_past(past=first, title="Other", by=officer).evaluation_round == ""


def test_a_later_round_takes_over_what_the_one_before_it_asked(index, officer, publish):
    before = begin("training-evaluation", officer)
    after = ConsultationPage.objects.get(evaluation_round="after")
    with pytest.raises(NotAllowed):
        actions.take_over_questions(page=after, by=officer)
    del before.body[1]
    before.save_revision()
    publish(before, officer)
    assert ids(after) != ids(before)
    actions.take_over_questions(page=after, by=officer)
    assert ids(after) == ids(before)
    with pytest.raises(NotAllowed):
        actions.take_over_questions(page=before, by=officer)


@pytest.mark.slow
def test_the_guide_offers_it_once_the_earlier_round_is_published(index, officer, publish, client):
    client.force_login(officer)
    before = begin("training-evaluation", officer)
    after = ConsultationPage.objects.get(evaluation_round="after")
    guide, offer = reverse("consultations:home", args=[after.slug]), "Ask what “What is OK? (before)” asked"
    assert offer not in client.get(guide).content.decode()
    publish(before, officer)
    assert offer in client.get(guide).content.decode()
    answer = client.post(reverse("start:take-over", args=[after.pk]), follow=True).content.decode()
    assert "It asks what “What is OK? (before)” asked." in answer


def test_the_code_of_a_group_and_the_level_are_closed_lists_that_no_editor_changes(index, officer, publish):
    page = publish(begin("training-evaluation", officer), officer)
    asked = {item["text"]["en"]: item for item in page.versions.get().content["items"]}
    group, level = asked["What is the letter of your group?"], asked["What is your part in this work?"]
    assert tuple(option["id"] for option in group["options"]) == GROUP_CODES
    assert tuple(option["id"] for option in level["options"]) == tuple(LEVELS)
    assert {item["about_you"] for item in (group, level)} == {"other"}
    assert not type_of(level).writes_choices(level) and level["options"][0]["text"]["en"] == "First contact"
