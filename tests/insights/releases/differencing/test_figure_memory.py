"""A figure changes between releases only when enough people moved it; its memory names nobody."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from django.core.exceptions import ValidationError

from consultation.responses.models import Response
from insights.coding.models import Code, Theme
from insights.disclosure import TableRefused
from insights.releases import release_freezing
from insights.releases.actions import create_release, discard_release, publish_release
from insights.releases.differencing import figure_memory
from insights.releases.differencing.figure_memory import FigureMemory, open_ledger, rows_revealing_few
from insights.releases.differencing.models import Ledger, LedgerFigure, LedgerPage
from insights.releases.erasures import Ledgers
from tests import factories

TODAY = date(2026, 11, 25)
MORE = {"a": "1", "b": ["1"], "d": "1"}


def tables(release):
    return {(figure.kind, figure.key): figure.table for figure in release.figures.all()}


def values(table):
    return {row["id"]: row["value"] for row in table["rows"]} | {"": table["base"]}


def publish(page, officer, colleague, months=0, **more):
    day = TODAY + timedelta(days=40 * months)
    made = create_release(consultation=page, by=officer, today=day, **more)
    return publish_release(release=made, by=colleague, today=day)


def join(page, *answers):
    for closed in answers:
        factories.response(page.versions.get(), closed=closed)


@pytest.fixture
def first(answered, officer, colleague):
    return publish(answered, officer, colleague)


def test_one_added_respondent_changes_nothing_that_is_shown(answered, first, officer, colleague):
    """Nineteen others come, so that a release can be made at all, and the one that is looked for among them."""
    others = [MORE] * 16 + [{"a": "na"}] * 3
    join(answered, *others, {"a": "2", "b": ["3"], "d": "2"})
    second = publish(answered, officer, colleague, 1)
    then, now = tables(first), tables(second)
    target = {("question", "q-a"): "a-2", ("question", "q-b"): "b-3", ("about", "q-d"): "d-2"}
    for name, row in target.items():
        assert values(now[name])[row] == values(then[name])[row], name
    assert values(now["question", "q-a"])["a-1"] == 85
    assert (first.people, second.people) == (120, 140)


def test_who_sends_nine_answers_of_their_own_does_not_see_the_tenth(answered, first, officer, colleague, monkeypatch):
    """The step is drawn: it never comes before the tenth person, and seldom with that one."""
    monkeypatch.setattr(figure_memory, "_bind_to_site_secret", lambda key: b"fixed" * 8)
    names = [("question", f"q-{n}", "x", "") for n in range(200)]
    memory = FigureMemory(answered, [], figure_memory.parse_stored_rules(first.rules))
    needed = [memory.needed(*name) for name in names]
    assert set(needed) == {10, 11, 12, 13, 14}
    assert needed.count(10) < 70


def test_a_discarded_draft_cannot_be_made_again_with_one_person_more(answered, officer):
    """An officer who discards and makes again sees the same numbers: the ledger keeps what they had seen."""
    draft = create_release(consultation=answered, by=officer, today=TODAY)
    seen = tables(draft)
    discard_release(release=draft, by=officer)
    join(answered, *[{"a": "1", "b": ["1"], "d": "1"}] * 3)
    again = create_release(consultation=answered, by=officer, today=TODAY)
    assert tables(again) == seen
    assert LedgerPage.objects.filter(release=None).count() == 1


def test_what_was_hidden_stays_hidden_until_enough_people_came(answered, first, officer, colleague):
    """Five do not know. Six more: eleven could be shown, but eleven less five would be six people."""
    join(answered, *[{"a": "dk"}] * 6, *[MORE] * 15)
    second = publish(answered, officer, colleague, 1)
    assert values(tables(second)["question", "q-a"])["dk"] is None
    join(answered, *[{"a": "dk"}] * 15, *[{"a": "na"}] * 20, *[MORE] * 15)
    third = publish(answered, officer, colleague, 2)
    assert values(tables(third)["question", "q-a"])["dk"] == 25


@pytest.mark.parametrize("gone", ["the table was refused", "the choice was taken out"])
def test_what_was_left_out_of_one_release_is_compared_with_the_one_before(
    answered, first, officer, colleague, monkeypatch, gone
):
    """Five do not know, then six more while nothing is shown of it: eleven less five would still be six people."""
    refuses = gone == "the table was refused"
    join(answered, *[{"a": "dk"}] * 6, *[MORE] * 15)
    with monkeypatch.context() as patch:
        if refuses:
            patch.setattr(release_freezing, "protect_table", _refuse(release_freezing.protect_table, "dk"))
        second = publish(answered, officer, colleague, 1)
    then = LedgerFigure.objects.get(page__release=second, kind="question", key="q-a")
    assert ("refused" in then.table) == refuses
    then.table["rows"] = [row for row in then.table["rows"] if row["id"] != "dk"]
    then.save()
    join(answered, *[{"a": "na"}] * 20, *[MORE] * 15)
    third = publish(answered, officer, colleague, 2)
    assert values(tables(third)["question", "q-a"])["dk"] is None


def _refuse(protect, row):
    def refusing(table, *args, **margins):
        if row in table.rows:
            raise TableRefused("interval", "Not this one.")
        return protect(table, *args, **margins)

    return refusing


def test_a_split_that_is_new_does_not_tell_the_number_that_its_theme_keeps_back(answered, first, officer, colleague):
    lights, staff = Theme.objects.get(slug="lights"), Theme.objects.get(slug="staff")
    LedgerFigure.objects.filter(kind="themes-by").delete()
    first.figures.filter(kind="themes-by").delete()
    moved = Code.objects.filter(theme=lights).order_by("text__text")[:4]
    Code.objects.filter(pk__in=[code.pk for code in moved]).update(theme=staff)
    join(answered, *[MORE] * 15)
    second = publish(answered, officer, colleague, 1)
    shown = {row["id"]: row for row in tables(second)["themes-by", "q-d"]["rows"]}[str(lights.pk)]
    assert values(tables(second)["themes", "all"])[str(lights.pk)] == 50
    assert [shown["value"], *(cell["value"] for cell in shown["cells"])] == [None] * 6


def test_swapped_people_do_not_show_though_the_number_could(answered, first, officer, colleague):
    """Coding anew moves people between themes: four in, and 15 new ones elsewhere, and the theme keeps its number."""
    lights, staff = Theme.objects.get(slug="lights"), Theme.objects.get(slug="staff")
    moved = Code.objects.filter(theme=lights).order_by("text__text")[:4]
    Code.objects.filter(pk__in=[code.pk for code in moved]).update(theme=staff)
    join(answered, *[MORE] * 15)
    second = publish(answered, officer, colleague, 1)
    assert values(tables(second)["themes", "all"]) == values(tables(first)["themes", "all"])


def test_looser_rules_do_not_open_what_was_hidden_before(answered, first, officer, colleague):
    """Seven and the rules of the Department for Education: nobody was added to what the first release hid."""
    join(answered, *[MORE] * 15)
    with pytest.raises(ValidationError, match="A second person must agree"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40), preset="dfe")
    second = publish(answered, officer, colleague, 1, preset="dfe", agreed_by=colleague)
    now = values(tables(second)["question", "q-a"])
    assert now["dk"] is None
    assert now["na"] is None, "none, which these rules would show: it was hidden before"
    assert now["a-1"] in (70, 85)
    assert second.rules["preset"] == "dfe"


def test_a_release_needs_ten_new_people_whoever_they_replace(answered, first, officer):
    """Held as flood, and others in their place: the number is the same, and the people are not."""
    with pytest.raises(ValidationError, match="Too few people"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))
    join(answered, *[MORE] * 9)
    with pytest.raises(ValidationError, match="Too few people"):
        create_release(consultation=answered, by=officer, today=TODAY + timedelta(days=40))


def test_someone_who_takes_their_answers_back_meanwhile_is_in_no_release(answered, officer, monkeypatch):
    from insights.releases import actions

    real = actions.calculate_release

    def withdrawn_meanwhile(*args, **more):
        found = real(*args, **more)
        Response.objects.filter(pk=Response.objects.first().pk).update(withdrawn=True)
        return found

    monkeypatch.setattr(actions, "calculate_release", withdrawn_meanwhile)
    with pytest.raises(actions.AnswersTakenBack):
        create_release(consultation=answered, by=officer, today=TODAY)
    assert not LedgerPage.objects.exists()
    assert not Response.objects.filter(counted=True).exists()


def test_the_ledger_names_nobody(answered, first):
    stored = b"".join(bytes(page.people) for page in LedgerPage.objects.all())
    for person in Response.objects.values_list("pk", flat=True):
        assert person.bytes[:8] not in stored
        assert person.bytes[8:] not in stored
    marks = np.frombuffer(stored, "<u8")
    assert marks.size == 120
    assert (np.diff(marks.astype(object)) > 0).all(), "sorted: no order of arrival"
    assert "120" not in json.dumps(list(LedgerFigure.objects.filter(kind="question").values_list("places", flat=True)))


def test_another_site_cannot_read_it(answered, first, settings):
    assert open_ledger(answered) is not None
    settings.SECRET_KEY = "another secret, as after a restore elsewhere"
    assert open_ledger(answered) is None


def test_without_a_ledger_figures_are_compared_by_their_rounded_values(answered, first, officer, colleague):
    """A release from before there was one, or whose ledger retention has erased."""
    Ledger.objects.all().delete()
    join(answered, *[{"a": "2", "b": ["3"], "d": "2"}] * 4, *[MORE] * 15)
    second = publish(answered, officer, colleague, 1)
    assert values(tables(second)["question", "q-a"])["a-2"] == 45
    assert Ledger.objects.count() == 1


def test_it_is_erased_a_year_after_the_close(answered, first, monkeypatch):
    erasure = Ledgers()
    assert not list(erasure.groups()), "open"
    monkeypatch.setattr("insights.releases.erasures.find_closing_day", lambda page: TODAY)
    assert not erasure.run(TODAY + timedelta(days=364))
    assert erasure.run(TODAY + timedelta(days=366))
    assert not LedgerFigure.objects.exists()


@pytest.mark.parametrize(
    ("whole", "steps", "rows", "slack", "held"),
    [
        (20, {("a", ""): 15}, 4, 4, set()),  # rounded to five: up to 13 others
        (20, {("a", ""): 14}, 4, 0, {("a", "")}),  # exact: six others
        (40, {("a", ""): 14, ("b", ""): 12}, 4, 0, set()),  # exact: 14 others, in two
        (40, {("a", ""): 14, ("b", ""): 12}, 3, 0, {("b", "")}),  # exact, all of them in one row
        (40, {("a", ""): 28, ("b", ""): 12}, 2, 0, set()),  # nobody is left over
    ],
)
def test_what_the_steps_leave_over_is_never_a_few(whole, steps, rows, slack, held):
    assert rows_revealing_few(whole, steps, rows, slack, 10) == held
