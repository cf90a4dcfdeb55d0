"""1.4: no geolocation is ever asked for, planners see types of place, and a named place is [PLACE] to them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from consultation.reading import actions as reading
from consultation.reading.allow_list.actions import add_known_words
from consultation.reading.models import ReadingDecision, Screening
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer
from insights.coding.models import ThemeEntry
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.quarter_counts.models import QuarterCounts
from tests import factories
from tests.strategy.template_worlds import answer, approve_seed_codebook, publish_template, release_of

POINT = "understand-locations"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_noise")]


@pytest.fixture
def officers(person):
    return approve_seed_codebook(person, place_types=["street", "park"])


@pytest.fixture
def released(home, officers):
    page, version = publish_template(home, "safe-places")
    answer(version, 40, age="14-15", when=["when-it-is-dark"])
    return release_of(page, officers)


@pytest.mark.parametrize("address", ["/en/", "/en/have-your-say/safe-places/answer/", "/accounts/login/"])
def test_no_page_may_ask_a_device_where_it_is(client, released, address):
    assert "geolocation=()" in client.get(address)["Permissions-Policy"]


def test_nor_may_a_page_of_staff_and_no_script_or_template_does(client_as, released):
    assert "geolocation=()" in client_as("planner").get("/insights/")["Permissions-Policy"]
    assert "geolocation=()" in client_as("engagement_officer").get("/staff/start/")["Permissions-Policy"]
    folders = [Path(settings.BASE_DIR) / name for name in ("templates", "cms", "consultation", "insights")]
    ours = [one for folder in folders for kind in ("*.js", "*.html") for one in folder.rglob(kind)]
    assert ours and not [one for one in ours if "geolocation" in one.read_text(encoding="utf-8")]


def test_planners_see_types_of_place(client_as, released):
    planner = client_as("planner")
    html = planner.get("/insights/themes/?by=place").content.decode()
    assert "Bus stop" in html and "How safe or unsafe do you feel in these places?" in html
    question = planner.get("/insights/consultations/safe-places/questions/places/").content.decode()
    assert "Types of place: Park or open space, Street or path, Bus stop, Bus, Town centre" in question
    theme = planner.get(f"/insights/releases/{released.pk}/themes/lights/").content.decode()
    assert "Park or open space, Street or path" in theme


def test_a_named_place_is_a_tag_to_planners(home, officers, reader):
    add_known_words(kind="place", words=["Tesco Steps"], by=officers[0])
    _, version = publish_template(home, "safe-places")
    factories.response(version, texts={"more": "it is dark at Tesco Steps"})
    screen_unread()
    redact_screened()
    asked = Answer.objects.get()
    reading.open_answer_text(answer=asked, by=reader)
    reading.decide_answer(
        answer=asked, by=reader, decision=ReadingDecision.CLEAR, spans=Screening.objects.get().spans,
        now=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    reading.release_due_answers()
    take_released_texts()
    assert Text.objects.get().text == "it is dark at [PLACE]"


def test_named_places_are_counted_where_a_number_is_told_and_for_leads_alone(holding, client_as):
    def freeze(day, **cell):
        figures = {"street": {"value": None, "symbol": "[c]"} | cell}
        QuarterCounts.objects.create(subject="places", quarter=day, figures=figures, made_on=day)

    freeze(date(2026, 4, 1))
    assert "types-of-places" not in holding(POINT), "fewer than ten people"
    freeze(date(2026, 7, 1), value=12, symbol="")
    assert "types-of-places" in holding(POINT)
    pages = [client_as(role).get(reverse("insights:point", args=[POINT])) for role in ("safeguarding_lead", "planner")]
    assert ["The year to 30 September 2026" in page.content.decode() for page in pages] == [True, False]


def test_an_officer_chooses_them_in_the_codebook(client_as, officers):
    from insights.coding.codebooks.actions import begin_draft

    version = ThemeEntry.objects.get().version
    draft = begin_draft(codebook=version.codebook, by=officers[0])
    client = client_as("engagement_officer")
    html = client.get(reverse("insights:edit-theme", args=["seed", draft.number, "lights"])).content.decode()
    assert 'name="place_types" value="park"' in html and "Takeaway or café" in html
