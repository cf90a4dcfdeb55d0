"""The help page and its directory: complete, dated, without a cookie."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from consultation.audit.models import AuditEntry
from consultation.safeguarding.clocks import LONDON
from consultation.safeguarding.help.directory import (
    HelpEntryCard,
    _number_seed,
    _read_seed,
    is_check_overdue,
    list_help_cards,
    load_help_entries,
    select_stale_entries,
)
from consultation.safeguarding.models import HelpEntry
from consultation.templatetags.words import breakable_address

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_the_seed_is_added_once_and_keeps_what_officers_changed(capsys):
    assert load_help_entries() == HelpEntry.objects.count() > 15
    HelpEntry.objects.filter(slug="childline").update(call="0800 0000")
    HelpEntry.objects.filter(slug="ceop").delete()
    assert load_help_entries() == 1
    assert HelpEntry.objects.get(slug="childline").call == "0800 0000"
    call_command("load_help")
    assert "0 new help entries" in capsys.readouterr().out


def test_a_site_of_another_district_lists_no_number_of_bradford(client, home, settings):
    assert {entry.slug for entry in _read_seed() if "Bradford" in entry.name} == {"bradford-day", "bradford-night"}
    settings.DISTRICT, settings.PARTNERSHIP = "Leeds", "the Leeds partnership"
    load_help_entries()
    page = client.get("/en/help/").content.decode()
    assert "Childline" in page and "Bradford" not in page and "01274" not in page
    assert not re.search(r"</h[23]>\s*<h[23]|</h[23]>\s*</main|<ul[^>]*>\s*</ul>", page), (
        "no empty heading, no empty list"
    )
    assert not any("Bradford" in entry.name for entry in _number_seed()), "nor where the database is away"


def test_the_seed_fits_its_fields_and_shows_no_doubt_of_ours():
    load_help_entries()
    for entry in HelpEntry.objects.all():
        entry.full_clean()
        shown = f"{entry.call} {entry.text} {entry.hours} {entry.leaves_trace}"
        assert "memory" not in shown and "check" not in shown.lower()
        assert entry.call or entry.text or entry.web


@pytest.mark.parametrize(("days", "stale"), [(None, True), (0, False), (90, False), (91, True)])
def test_ninety_days(days, stale):
    checked = None if days is None else TODAY - timedelta(days=days)
    assert is_check_overdue(checked, TODAY) is stale
    HelpEntry.objects.create(slug="x", name="X", for_whom="Y", checked_on=checked)
    assert select_stale_entries(TODAY).exists() is stale


def test_links():
    def card(**fields):
        return HelpEntryCard(HelpEntry(**fields))

    assert card(call="0800 1111").phone_digits == "08001111"
    assert card(text="SHOUT to 85258").sms_number == "85258"
    assert card(text="88247").sms_number == "88247"
    assert card(text="Press 55 when asked").sms_number == ""
    assert card(web="ceop.police.uk/x").href == "https://ceop.police.uk/x"


def test_the_page_in_two_languages_without_a_cookie(client, home):
    load_help_entries()
    HelpEntry.objects.filter(slug="childline").update(checked_on=TODAY)
    for language in ("en", "ur"):
        reply = client.get(f"/{language}/help/")
        assert reply.status_code == 200 and not reply.cookies
        page = reply.content.decode()
        assert 'href="tel:08001111"' in page and 'href="tel:999"' in page and "noreferrer noopener" in page
    assert "25 November 2026" in client.get("/en/help/").content.decode()


def test_the_page_says_nothing_of_a_check_that_nobody_made(client, home):
    load_help_entries()
    assert "We checked" not in client.get("/en/help/").content.decode()


def test_the_page_without_entries_still_helps(client, home):
    page = client.get("/en/help/").content.decode()
    assert "999" in page and "0800 1111" in page


@pytest.mark.parametrize("role", ["engagement_officer", "safeguarding_lead"])
def test_officers_and_leads_edit_entries_and_it_is_logged(client_as, role):
    load_help_entries()
    client = client_as(role)
    entry = HelpEntry.objects.get(slug="childline")
    url = f"/staff/snippets/consultation/helpentry/edit/{entry.pk}/"
    assert client.get(url).status_code == 200
    fields = {name: getattr(entry, name) for name in ("slug", "name", "for_whom", "call", "text", "web", "hours")}
    fields |= {"leaves_trace": "", "owner": "Jo", "order": 1, "checked_on": timezone.localdate().isoformat()}
    assert client.post(url, fields).status_code == 302
    entry.refresh_from_db()
    assert entry.checked_on == timezone.localdate()
    assert AuditEntry.objects.filter(verb="help entry changed or checked", object_id=str(entry.pk)).exists()


def test_the_list_says_which_were_never_checked(client_as):
    load_help_entries()
    assert (
        "Never checked"
        in client_as("engagement_officer").get("/staff/snippets/consultation/helpentry/").content.decode()
    )


def test_no_press_takes_a_line_away_that_every_page_names(client_as):
    load_help_entries()
    HelpEntry.objects.create(slug="a", name="Line A", for_whom="Anyone")
    officer = client_as("engagement_officer")
    line, other = (HelpEntry.objects.get(slug=slug).pk for slug in ("childline", "a"))
    said = officer.post(f"/staff/snippets/consultation/helpentry/delete/{line}/", follow=True).content.decode()
    assert "stands on every page that people answer" in said
    officer.post(f"/staff/bulk/consultation/helpentry/delete/?id={line}&id={other}&next=/staff/")
    assert HelpEntry.objects.filter(pk__in=[line, other]).count() == 2, "nor among others"
    officer.post(f"/staff/snippets/consultation/helpentry/delete/{other}/")
    assert not HelpEntry.objects.filter(pk=other).exists()


def places():
    today = timezone.localdate()
    HelpEntry.objects.create(slug="a", name="Line A", for_whom="Anyone", call="01632 960 001", needs=["talk"])
    HelpEntry.objects.create(
        slug="b", name="Line B", for_whom="Anyone", hours="Always", needs=["talk", "low"], languages=["pl"],
        is_free=True, no_name=True, on_bill="yes", chat="b.example/chat", checked_on=today,
    )  # fmt: skip
    old = today - timedelta(days=91)
    HelpEntry.objects.create(slug="c", name="Line C", for_whom="Anyone", needs=["online"], checked_on=old)


def test_places_by_need_and_language_without_a_word_in_the_address(client, home):
    places()
    reply = client.post("/pl/help/", {"need": "talk", "language": "pl"})
    page = reply.content.decode()
    assert reply.status_code == 200 and not reply.cookies
    assert page.index("Line B") < page.index("Te miejsca mówią po angielsku") < page.index("Line A")
    assert "Line C" not in page
    assert 'method="post"' in page and "need=" not in page
    assert "Line C" in client.get("/pl/help/?need=talk").content.decode(), "an address is never asked"


def test_a_card_says_what_a_child_must_know_before_calling(client, home):
    places()
    page = client.get("/en/help/").content.decode()
    for said in (
        "It is free.", "You do not have to say your name.", "It may show on the phone bill.", "Chat online",
        "Open day and night", "We have not checked this for a while", 'href="https://b.example/chat"', "Polski",
    ):  # fmt: skip
        assert said in page


def test_an_address_breaks_after_its_slash_and_is_escaped():
    assert breakable_address("a.org/<b>/c") == "a.<wbr>org/<wbr>&lt;b&gt;/<wbr>c"


def test_nothing_found_still_gives_numbers_to_call(client, home):
    places()
    page = client.post("/en/help/", {"need": "crime"}).content.decode()
    assert (
        "There is no such place on our list yet" in page and 'href="tel:08001111"' in page and 'href="tel:999"' in page
    )
    assert client.post("/en/help/", {"need": "<script>", "language": "xx"}).status_code == 200


@pytest.mark.parametrize(("days", "expected"), [(0, True), (91, None), (None, None)])
def test_open_now_is_said_of_what_was_checked_lately_alone(days, expected):
    checked = None if days is None else timezone.localdate() - timedelta(days=days)
    noon = timezone.now().replace(hour=12, minute=0)
    entry = HelpEntry(hours="Every day 0:00-23:59", checked_on=checked)
    found = HelpEntryCard(entry, noon).is_open
    assert found is expected or (expected and found is None)  # a bank holiday


def test_officers_tick_what_a_place_helps_with(client_as):
    places()
    client = client_as("engagement_officer")
    entry = HelpEntry.objects.get(slug="a")
    url = f"/staff/snippets/consultation/helpentry/edit/{entry.pk}/"
    page = client.get(url).content.decode()
    assert "Someone to talk to" in page and 'name="languages"' in page
    fields = {"slug": "a", "name": "Line A", "for_whom": "Anyone", "call": "01632 960 001", "order": 0}
    assert client.post(url, fields | {"needs": ["talk", "low"], "languages": ["ur"]}).status_code == 302
    entry.refresh_from_db()
    assert (entry.needs, entry.languages) == (["talk", "low"], ["ur"])


def test_what_is_open_now_comes_first_and_closed_or_unchecked_last():
    def entry(slug, **fields):
        fields = {"checked_on": timezone.localdate()} | fields
        HelpEntry.objects.create(slug=slug, name=slug, for_whom="x", **fields)

    entry("unchecked", hours="Always", checked_on=None, order=1)
    entry("closed", hours="Mon-Fri 9:00-17:00", order=2)
    entry("unknown", hours="Outside office hours", order=3)
    entry("open", hours="Mon-Sun 18:00-23:00", order=4)
    entry("always", hours="Always", order=5)
    entry("polish", hours="Always", languages=["pl"], order=6)
    evening = datetime(2026, 11, 25, 20, tzinfo=LONDON)

    def order(language):
        with override(language):
            return [card.entry.slug for card in list_help_cards(evening)]

    assert order("en") == ["open", "always", "polish", "unknown", "unchecked", "closed"]
    assert order("pl")[0] == "polish"


def test_no_title_and_no_address_of_help_names_a_service_or_a_harm(client, home):
    load_help_entries()
    page = client.get("/en/help/").content.decode()
    assert "<title>Have your say</title>" in page
    anchors = re.findall(r'<li class="card" id="([^"]+)"', page)
    assert len(anchors) > 15 and all(re.fullmatch(r"place-\d+", anchor) for anchor in anchors)


EVERY_AGE = {"For children", "For many", "For parents"}


@pytest.mark.parametrize(
    ("age", "shown"), [("", EVERY_AGE), ("14-15", EVERY_AGE), ("18+", EVERY_AGE - {"For children"}), ("99", EVERY_AGE)]
)
def test_places_are_found_by_age_in_their_own_words(client, home, age, shown):
    for name, for_whom in (("For children", "Under 18, an image of you is online"), ("For many", "Under 35 and low"),
                           ("For parents", "Parents and carers")):  # fmt: skip
        HelpEntry.objects.create(slug=name[-4:], name=name, for_whom=for_whom, needs=["talk"])
    page = client.post("/en/help/", {"age": age}).content.decode()
    assert set(re.findall(r">(For [^<]+)</span></h3>", page)) == shown
