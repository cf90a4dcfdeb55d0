"""Each point of the strategy in the demo: it holds by rows, not without them, and its page leads to each of them. Tests
that test_demo_loader runs, where the demo is loaded."""

import html
import json
import re
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.site.hear_by_right.models import SelfAssessment
from consultation.domain import strategy_points
from consultation.responses.models import Response
from insights.coding.models import Theme
from insights.corpus.models import Text
from insights.decisions.models import Decision
from insights.publications.models import Results
from insights.releases.models import Quote, Release
from insights.strategy.points.point_provisions import get_served_point

SLUGS = list(strategy_points.text_by_sub_point())
PREMISES = re.compile(
    r"\b(?:tesco|co-?op|asda|aldi|lidl|morrisons?|greggs|mcdonald|maccies|kfc|nando|primark|premier inn|travelodge"
    r"|interchange|lister park|forster square)\b",
    re.IGNORECASE,
)
LINK = re.compile(r'href="(/[^"#]*)')


@pytest.fixture(scope="module")
def signed_in(demo):
    """signed_in(key): a client of this person of the demo."""

    def sign_in(key):
        client = Client()
        client.force_login(User.objects.get(email=f"{key}@example.org"))
        return client

    return sign_in


@pytest.mark.parametrize("slug", SLUGS)
def test_a_point_holds_in_the_demo_and_not_without_its_evidence(slug):
    provisions = get_served_point(slug).provisions
    assert provisions, f"nothing provides for {slug}"
    for place, one in enumerate(provisions):
        assert one.holds, f"{slug}: the demo lacks “{one.title}”"
        with transaction.atomic():
            _delete_rows(slug, place)
            assert not get_served_point(slug).provisions[place].holds
            assert not get_served_point(slug).holds
            transaction.set_rollback(True)


def _delete_rows(slug, place):
    """Delete the provision's rows in the database itself, below the rules of models; more may stand behind them."""
    for _ in range(100):
        proofs = get_served_point(slug).provisions[place].proofs
        if not proofs:
            return
        with connection.cursor() as cursor:
            for proof in proofs:
                table, column = proof.row._meta.db_table, proof.row._meta.pk.column
                _drop_triggers(cursor, table)
                value = proof.row._meta.pk.get_db_prep_value(proof.row.pk, connection)
                cursor.execute(f'DELETE FROM "{table}" WHERE "{column}" = %s', [value])


def _drop_triggers(cursor, table):
    """Until the transaction is rolled back: some rows are never deleted, and triggers see to it."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


def test_no_words_that_planners_or_everyone_reads_name_a_place_that_can_be_found():
    """1.4: the policy says that places are hidden; and no quote says what a child shall not read."""
    read = [*Text.objects.values_list("text", flat=True), *Quote.objects.values_list("text", flat=True)]
    read += [json.dumps(words) for words in Results.objects.published().values_list("words", flat=True)]
    read += [f"{one.we_asked} {one.you_said} {one.we_did} {one.reason}" for one in Decision.objects.published()]
    assert len(read) > 500
    assert {words for words in read if PREMISES.search(words)} == set()
    assert not Quote.objects.filter(text__contains=" rape").exists()
    assert any("[PLACE" in words for words in read), "places were named, and hidden"


def test_a_round_of_fewer_than_thirty_has_a_report_of_words_alone(signed_in):
    """2.3: months after the training few answer; what they miss is read, and no number is made of it."""
    found = Release.objects.published().get(people=None)
    asked = found.consultation
    assert Response.objects.of(asked).count() < 30 and asked.get_evaluation_round_display() == "Three months on"
    page = BeautifulSoup(signed_in("planner").get(f"/insights/evaluations/{asked.slug}/").content, "html.parser")
    words = page.find(id="words").find_next("h3", string="Three months on").find_next("blockquote").get_text()
    assert any(quote.text in words for quote in found.quotes.all())
    cells = page.select('td[data-name="Three months on"]')
    assert len(cells) == 3 and all(one.get_text(strip=True) == "fewer than 30 answered" for one in cells)
    assert all(one.table["rows"] == [] and one.table["base"] is None for one in found.figures.all())


def test_a_method_has_a_number_and_themes_are_shown_over_two_quarters(signed_in):
    """1.5: of how adults get close, what young people said; and its trend by quarter."""
    client = signed_in("planner")
    release = Release.objects.published().filter(consultation__slug="after-being-away").latest("number")
    gifts = Theme.objects.get(codebook__slug="seed", slug="gifts-money-debt")
    assert release.people_by_theme()[gifts.pk] >= 10
    point = client.get(reverse("insights:point", args=["understand-methods"])).content.decode()
    assert "Gifts, money and owing" in point and "About 0 people" not in point
    page = BeautifulSoup(client.get("/insights/themes/?by=quarter").content, "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    assert any(sum(cell[:1].isdigit() for cell in row) >= 2 for row in rows), rows


def test_one_principle_was_looked_at_with_a_link_that_shows_it():
    [found] = SelfAssessment.objects.filter(indicator__startswith="principle-")
    assert found.evidence and found.words in Client().get("/en/hear-by-right/").content.decode()


@pytest.mark.parametrize(("key", "least"), [("planner", 200), ("partner", 200), ("officer1", 5)])
def test_every_link_of_every_points_page_opens(key, least, signed_in):
    """Of an officer what is for staff alone: the others' pages open to officers, too (tests/house/test_roles.py)."""
    client, opened = signed_in(key), {}
    for slug in SLUGS:
        page = client.get(reverse("insights:point", args=[slug])).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        for address in {html.unescape(one) for one in LINK.findall(main)} - opened.keys():
            if key != "officer1" or address.startswith("/staff/"):
                opened[address] = client.get(address).status_code
    assert len(opened) > least
    assert {address: status for address, status in opened.items() if status != 200} == {}


def test_the_command_says_that_all_34_hold():
    out = StringIO()
    call_command("strategy", "--json", stdout=out)
    assert [one["slug"] for one in json.loads(out.getvalue())["points"] if not one["holds"]] == []


def test_a_planner_of_the_demo_reads_every_point(signed_in):
    planner = signed_in("planner")
    for slug in SLUGS:
        shown = planner.get(reverse("insights:point", args=[slug])).content.decode()
        assert strategy_points.number_by_sub_point()[slug] in shown
        assert "Not in use yet" not in shown
