"""6.5: every page of results offers at least standard and easy read, aloud and as a poster, for each audience."""

import pytest
from django.core.exceptions import ValidationError

from insights.publications import actions
from insights.publications.models import Results
from insights.strategy.points.point_provisions import get_served_point
from tests.insights.conftest import answered, codebook, colleague, officer, parks  # noqa: F401
from tests.insights.publications.test_results import TODAY, WORDS, draft, release  # noqa: F401

POINT, URL = "engage-awareness-all", "/en/have-your-say/parks/results/"
FOR_OTHERS = {"for": {"parents-carers": "Walk the path with your child."}}
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def published(draft, officer, colleague):  # noqa: F811
    actions.write_results(draft, by=officer, words=WORDS | FOR_OTHERS)
    return actions.publish_results(draft, by=colleague, today=TODAY)


def test_an_edition_without_easy_read_is_not_published(draft, officer, colleague):  # noqa: F811
    actions.write_results(draft, by=officer, words=WORDS | {"heard_easy": ""})
    with pytest.raises(ValidationError, match="no easy read yet"):
        actions.publish_results(draft, by=colleague)


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_each_language_offers_standard_easy_a_voice_a_poster_and_other_audiences(client, published, language):
    shown = client.get(f"/{language}/have-your-say/parks/results/").content.decode()
    for sign in ('id="easy"', 'class="std"', 'class="ez"', 'id="aloud"', 'href="paper/standard/"',
                 'href="paper/easy/"', 'href="paper/poster/"', 'href="paper/poster-parents-carers/"'):  # fmt: skip
        assert sign in shown, sign
    assert ('<p lang="en" dir="ltr">Walk the path with your child.</p>' in shown) == (language != "en")
    assert "Walk the path with your child." in shown and "voice/access_formats" in shown
    assert "poster-children" not in shown and "poster-communities" not in shown, "who was asked, or told nothing"


def test_officers_write_for_each_other_audience_in_the_form(client_as, draft):  # noqa: F811
    page = client_as("engagement_officer").get(f"/insights/manage/results/{draft.pk}/").content.decode()
    for label in ("For parents and carers", "For communities", "For professionals"):
        assert label in page
    assert "For children and young people" not in page, "they were asked, so the page is theirs"


def test_it_holds_while_results_have_easy_read_and_words_for_others(published):
    assert get_served_point(POINT).holds
    words = published.words["en"]
    Results.objects.filter(pk=published.pk).update(words={"en": words | {"for": {}}})
    assert [one.holds for one in get_served_point(POINT).provisions] == [True, False]
    Results.objects.filter(pk=published.pk).update(words={"en": words | {"heard_easy": "", "for": {}}})
    assert not any(one.holds for one in get_served_point(POINT).provisions)
