"""A number that children see is changed by two people, and taken down by one."""

from datetime import date

import pytest

from cms.staff.task_list.due_task_sources import list_help_number_tasks
from cms.staff.task_list.policies import visible_tasks
from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.domain.call_numbers import normalise_numbers
from consultation.safeguarding.help import number_changes
from consultation.safeguarding.help.directory import cached_entries, list_help_cards
from consultation.safeguarding.help.models import ContactField, HelpNumberChange
from consultation.safeguarding.models import HelpEntry

pytestmark = pytest.mark.django_db
OLD, NEW = "01632 960 001", "01632 960 002"
ENTRIES, NUMBERS = "/staff/snippets/consultation/helpentry/", "/staff/help-numbers/"


@pytest.fixture
def line():
    return HelpEntry.objects.create(slug="a", name="Line A", for_whom="Anyone", call=OLD)


@pytest.fixture
def officers(person):
    return person("engagement_officer"), person("engagement_officer")


def fields(**more):
    return {"slug": "a", "name": "Line A", "for_whom": "Anyone", "call": OLD, "order": 1} | more


def edit(client, line, **more):
    reply = client.post(f"{ENTRIES}edit/{line.pk}/", fields(**more), follow=True)
    line.refresh_from_db()
    return reply.content.decode()


def test_a_new_number_is_shown_when_a_second_person_confirms_it(line, client, officers):
    first, second = officers
    client.force_login(first)
    said = edit(client, line, call=NEW, hours="Always")
    assert (line.call, line.hours) == (OLD, "Always"), "what is no number is saved at once"
    assert "A new number of Line A waits" in said
    change = HelpNumberChange.objects.get()
    page = client.get(NUMBERS).content.decode()
    assert OLD in page and NEW in page and "I tried it" not in page
    press = {"do": f"confirm:{change.pk}:{NEW}"}
    assert "Somebody else tries a number" in client.post(NUMBERS, press).content.decode()
    client.force_login(second)
    assert "I tried it" in client.get(NUMBERS).content.decode()
    assert client.post(NUMBERS, press).status_code == 302
    line.refresh_from_db()
    assert line.call == NEW and not HelpNumberChange.objects.exists()
    verbs = AuditEntry.objects.filter(verb__startswith="help number").order_by("pk").values_list("verb", "data")
    assert [(verb, data["field"]) for verb, data in verbs] == [
        ("help number entered", "call"), ("help number confirmed", "call"),
    ]  # fmt: skip
    assert NEW not in str(list(AuditEntry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("name", number_changes.PROSE)
@pytest.mark.parametrize(
    "number",
    [
        "07700 900123", "0113 496-0001", "0800–1111", "0800\u00a01111", "0800\u20111111", "0800·1111",
        "07.70.09.00.12.34", "٠٨٠٠ ١١١١", "www.other.example", "a@other.example",
    ],
)  # fmt: skip
def test_no_number_or_address_reaches_children_in_a_field_for_words(line, client, officers, name, number):
    client.force_login(officers[0])
    said = edit(client, line, **{name: f"Call {number} now"})
    assert f"Write {normalise_numbers(number)} in its own field" in said and number not in getattr(line, name)
    HelpEntry.objects.filter(pk=line.pk).update(**{name: f"Call {number} now"})
    edit(client, line, **{name: f"Or call {number} now"})
    assert getattr(line, name).startswith("Or"), "one that was there may stay"


def test_hours_and_ages_are_no_numbers_to_call(line, client, officers):
    client.force_login(officers[0])
    edit(client, line, hours="Mon-Thu 8:30-17:00, Fri 8.30-16.30", for_whom="11–18, or 25 with a disability")
    assert line.hours.startswith("Mon") and line.for_whom.startswith("11")


@pytest.mark.parametrize("name", ContactField.values)
def test_each_way_to_reach_a_place_waits_and_each_can_be_taken_down_at_once(line, client, officers, name):
    client.force_login(officers[0])
    edit(client, line, **{name: "new.example"})
    assert getattr(line, name) != "new.example"
    number_changes.confirm_number(change=HelpNumberChange.objects.get(field=name), by=officers[1])
    edit(client, line, **{name: ""})
    assert getattr(line, name) == "" and not HelpNumberChange.objects.exists()


def test_no_other_place_takes_the_name_by_which_surveys_show_it(line, client, officers):
    """One officer alone gave a local line the slug of Childline, and each survey showed its number as Childline's."""
    child = HelpEntry.objects.create(slug="childline", name="Childline", for_whom="Anyone", call="0800 1111")
    client.force_login(officers[0])
    edit(client, child, slug="another", name="Childline", call=child.call)
    edit(client, line, slug="childline")
    assert [one.slug for one in (child, line)] == ["childline", "a"]
    client.post(f"{ENTRIES}delete/{child.pk}/")
    assert HelpEntry.objects.get(slug="childline").call == "0800 1111"


def test_a_new_entry_is_shown_with_its_first_confirmed_number(client, officers, home):
    client.force_login(officers[0])
    client.post(f"{ENTRIES}add/", fields(web="a.example"))
    entry = HelpEntry.objects.get(slug="a")
    assert (entry.call, entry.web) == ("", "")

    def shown():
        cached_entries.clear()
        return [card.entry for card in list_help_cards()]

    assert entry not in shown()
    number_changes.confirm_number(change=HelpNumberChange.objects.get(field="web"), by=officers[1])
    assert entry in shown() and HelpNumberChange.objects.get().field == "call"


def test_a_number_that_changed_since_it_was_looked_at_is_not_confirmed(line, client, officers):
    number_changes.ask_for_numbers(entry=line, wanted={"call": NEW}, by=officers[0])
    seen = HelpNumberChange.objects.get()
    number_changes.ask_for_numbers(entry=line, wanted={"call": "01632 960 003"}, by=officers[0])
    with pytest.raises(NotAllowed, match="Look at the list again"):
        number_changes.confirm_number(change=seen, by=officers[1])
    client.force_login(officers[1])
    for press in (f"confirm:{seen.pk}:{NEW}", f"confirm:{seen.pk + 9}:{NEW}", "confirm", "burn:1:2", ""):
        reply = client.post(NUMBERS, {"do": press})
        assert reply.status_code == 422
        assert "01632 960 003" in reply.content.decode() and NEW not in reply.content.decode(), (
            "the one that waits now"
        )
    line.refresh_from_db()
    assert line.call == OLD


def test_who_entered_a_number_may_take_it_back_and_others_may_drop_it(line, officers):
    for by in officers:
        number_changes.ask_for_numbers(entry=line, wanted={"call": NEW}, by=officers[0])
        number_changes.refuse_number(change=HelpNumberChange.objects.get(), by=by)
    line.refresh_from_db()
    assert line.call == OLD and not HelpNumberChange.objects.exists()


def test_others_are_told_what_waits_and_who_entered_it_is_not(line, officers):
    number_changes.ask_for_numbers(entry=line, wanted={"call": NEW}, by=officers[0])
    tasks = list(list_help_number_tasks(date(2026, 11, 30)))
    assert [len(visible_tasks(tasks, user=person, mine=True)) for person in officers] == [0, 1]
    assert tasks[0].title == "Line A: Telephone"


def test_without_a_new_number_the_page_says_so(client_as):
    assert "No new number waits." in client_as("safeguarding_lead").get(NUMBERS).content.decode()
