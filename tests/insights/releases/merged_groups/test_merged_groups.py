"""Larger groups: one coarser partition of a question about the person, declared before the first release."""

import re
import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from consultation.audit.models import AuditEntry
from consultation.responses.models import Response
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.models import Theme
from insights.exports.figures_sheet import iterate_figure_rows
from insights.exports.release_document import build_figure_documents
from insights.releases.actions import (
    RELEASES,
    calculate_release,
    create_release,
    publish_release,
    store_release,
)
from insights.releases.merged_groups import policies
from insights.releases.merged_groups.actions import declare_merged_groups, list_mergeable_questions
from insights.releases.merged_groups.models import MergedGroups
from insights.releases.models import Release
from insights.releases.policies import RespondentChanges
from insights.workspace.group_comparison.views import list_choices
from tests import factories
from tests.databases import only_on_postgresql
from tests.insights.conftest import answer_and_code
from tests.insights.test_at_once import together

TODAY = date(2026, 11, 25)
AREAS = ("Hillside", "Riverside", "Old Town", "Harbour")
LARGER = {"1": "North", "2": "North", "3": "South", "4": "South"}  # by option key


@pytest.fixture
def by_area(home, officer, codebook, no_noise):
    """118 people of four areas, of whom 11 gave none; the first 80 wrote words."""
    items = [
        factories.question("a", options=["Yes", "No"]),
        factories.question("c", "long_text"),
        factories.question("d", options=list(AREAS), about_you="area"),
        factories.question("e", options=["One", "Two", "Three"], about_you="gender", apart=True),
        factories.question("f", options=["Red", "Green", "Blue"]),
    ]
    page, version = factories.consultation(home, items=items, by=officer)
    people = [
        (
            {"a": "1" if n % 3 else "2", "f": "1"} | ({} if n % 11 == 5 else {"d": str(n % 4 + 1)}),
            {"q-c": f"{'lights' if n % 5 else 'staff'} number {n:02}"} if n < 80 else {},
        )
        for n in range(118)
    ]
    answer_and_code(version, people, officer)
    return page


def options_of(page):
    (item,) = list_mergeable_questions(page)
    return {option["key"]: option["id"] for option in item["options"]}


def content_of(reply):
    return b"".join(reply.streaming_content).decode()


def declare(page, by, larger=LARGER):
    ids = options_of(page)
    declare_merged_groups(consultation=page, names={"q-d": {ids[key]: name for key, name in larger.items()}}, by=by)


@pytest.fixture
def merged(by_area, officer, colleague):
    declare(by_area, officer)
    return publish_release(release=create_release(consultation=by_area, by=officer, today=TODAY), by=colleague)


def numbers(release, kind, key):
    table = release.figures.get(kind=kind, key=key).table
    return {
        (row["label"], column["label"]): cell["value"]
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
    }, {
        column["label"]: total["value"] for column, total in zip(table["columns"], table["column_totals"], strict=True)
    }


def group_of(closed):
    return LARGER.get(closed.get("d"), "No answer given")


def shown(count, group):
    """Neither few nor nearly all of the group."""
    return count if count >= 5 and group - count >= 5 else None


def test_a_question_by_larger_groups_is_what_the_database_counts(merged):
    cells, totals = numbers(merged, "question-by", "q-d~merged|q-a")
    answers = list(Response.objects.values_list("closed", flat=True))
    assert list(totals) == ["North", "South", "No answer given"]
    for group, total in totals.items():
        assert total == sum(group_of(one) == group for one in answers)
        for label, key in (("Yes", "1"), ("No", "2")):
            count = sum(group_of(one) == group and one["a"] == key for one in answers)
            assert cells[label, group] == shown(count, total), (label, group)


def test_themes_by_larger_groups_are_what_the_database_counts(merged):
    cells, totals = numbers(merged, "themes-by", "q-d~merged")
    closed = dict(Response.objects.values_list("pk", "closed"))
    codes = current_codes_by_theme(merged.consultation)
    for theme in Theme.objects.filter(slug__in=("lights", "staff")):
        people = set(codes[theme.pk].values())
        for group in ("North", "South"):
            count = sum(group_of(closed[person]) == group for person in people)
            assert cells[theme.slug.capitalize(), group] == shown(count, totals[group]), (theme, group)


def test_a_group_of_the_same_people_has_the_same_number_in_both_tables(by_area, officer, monkeypatch):
    """With the noise on: who gave no answer, and a group of one answer, are the same people, so the same figure."""
    declare(by_area, officer, {"1": "Alone", "2": "Rest", "3": "Rest", "4": "Rest"})
    monkeypatch.undo()
    release = create_release(consultation=by_area, by=officer, today=TODAY)
    for kind, fine, coarse in (
        ("question-by", "q-d|q-a", "q-d~merged|q-a"),
        ("themes-by", "q-d", "q-d~merged"),
    ):
        (cells, totals), (larger, sums) = numbers(release, kind, fine), numbers(release, kind, coarse)
        assert sums["Alone"] == totals["Hillside"]
        assert sums["No answer given"] == totals["No answer given"]
        assert {row: value for (row, column), value in larger.items() if column == "Alone"} == {
            row: value for (row, column), value in cells.items() if column == "Hillside"
        }


def test_every_way_out_carries_the_larger_groups(client, merged):
    client.force_login(
        factories.staff("x@example.org", "insights.view_reports", "insights.export", "insights.draft_decision")
    )
    for name in ("figures.csv", "release.json"):
        reply = client.get(f"/insights/releases/{merged.pk}/{name}")
        assert {"q-d~merged", "q-d~merged|q-a"} <= set(re.findall(r"q-d~merged[|a-z-]*", content_of(reply)))
    by_api = {one["code"]: one for one in build_figure_documents(merged)}
    assert {"q-d~merged", "q-d~merged|q-a"} <= set(by_api)
    assert dict(list_choices(merged).groups)["q-d~merged"] == "Question d? (in larger groups)"
    rows = [row for row in iterate_figure_rows(merged) if row[1] in ("q-d~merged", "q-d~merged|q-a")]
    assert {row[6] for row in rows} == {"", "North", "South", "No answer given"}
    titles = {row[2] for row in rows}
    assert titles == {
        "Themes by answer to “Question d? (in larger groups)”",
        "Question a? By answer to “Question d? (in larger groups)”",
    }


def test_who_differs_offers_them_as_groups(client, merged, planner):
    client.force_login(planner)
    for what in ("themes", "q-a"):
        html = client.get(reverse("insights:compare"), {"what": what, "by": "q-d~merged"}).content.decode()
        assert '<option value="q-d~merged" selected>Question d? (in larger groups)</option>' in html
        assert "North" in html and "Hillside" not in html


def test_once_a_release_is_made_larger_groups_are_refused_and_shown(client, by_area, officer, colleague):
    declare(by_area, officer)
    draft = create_release(consultation=by_area, by=officer, today=TODAY)
    with pytest.raises(ValidationError, match="stay as they are"):
        declare(by_area, officer, dict.fromkeys("123", "East") | {"4": "West"})
    RELEASES.discard(draft, by=officer)
    with pytest.raises(ValidationError, match="stay as they are"):
        declare(by_area, officer, dict.fromkeys("1234", ""))
    client.force_login(officer)
    url = reverse("insights:merged-groups", args=[by_area.slug])
    html = client.get(url).content.decode()
    assert "stay as they are" in html and "<dt>North</dt><dd>Hillside, Riverside</dd>" in html
    assert "Keep these groups" not in html
    names = {f"q-d~{one}": "East" if key == "1" else "West" for key, one in options_of(by_area).items()}
    assert client.post(url, names).status_code == 422
    assert MergedGroups.objects.get().groups[0]["label"] == "North"


def test_a_release_that_was_worked_out_with_other_groups_is_not_stored(by_area, officer):
    draft, version = calculate_release(by_area, "", by=officer, today=TODAY)
    declare(by_area, officer)
    with pytest.raises(ValidationError, match="larger groups were changed"):
        store_release(draft, version, None, by=officer, today=TODAY)
    assert not Release.objects.exists()


def test_only_questions_about_the_person_are_offered_and_never_what_is_kept_apart(client, by_area, officer):
    assert [item["id"] for item in list_mergeable_questions(by_area)] == ["q-d"]
    for question in ("q-a", "q-e", "q-f"):
        with pytest.raises(ValidationError, match="about the person"):
            declare_merged_groups(consultation=by_area, names={question: {"x": "North"}}, by=officer)
    client.force_login(officer)
    html = client.get(reverse("insights:merged-groups", args=[by_area.slug])).content.decode()
    assert "Question d?" in html
    assert not any(f"Question {key}?" in html for key in "aef")


def test_rules_that_suppress_have_no_larger_groups(by_area, officer):
    declare(by_area, officer)
    by_area.closes = date(2026, 11, 1)
    by_area.save()
    release = create_release(consultation=by_area, by=officer, today=TODAY, preset="nhs")
    assert not release.figures.filter(key__contains="~merged").exists()


def test_a_fifth_release_has_none_since_it_would_tell_too_much(by_area, officer, monkeypatch):
    declare(by_area, officer)
    for number, there in ((1, True), (4, True), (5, False)):
        monkeypatch.setattr(RespondentChanges, "next_number", number)
        draft, _ = calculate_release(by_area, "", by=officer, today=TODAY)
        assert any("~merged" in asked.key for _, asked, _, _ in draft.figures) is there, number


def test_an_answer_that_came_after_the_declaration_stays_a_group_of_its_own(by_area, officer):
    declare(by_area, officer)
    found = MergedGroups.objects.get()
    found.groups[1]["options"].pop()
    found.save()
    release = create_release(consultation=by_area, by=officer, today=TODAY)
    _, totals = numbers(release, "question-by", "q-d~merged|q-a")
    assert list(totals) == ["North", "South", "Harbour", "No answer given"]


def test_an_officer_declares_them_on_the_page_and_the_log_says_so_without_words(client, by_area, officer):
    client.force_login(officer)
    assert (
        reverse("insights:merged-groups", args=[by_area.slug])
        in client.get(reverse("insights:make-release", args=[by_area.slug])).content.decode()
    )
    url, ids = reverse("insights:merged-groups", args=[by_area.slug]), options_of(by_area)
    reply = client.post(url, {f"q-d~{ids[key]}": name for key, name in LARGER.items()})
    assert reply.status_code == 302
    assert [one["label"] for one in MergedGroups.objects.get().groups] == ["North", "South"]
    entry = AuditEntry.objects.filter(verb="larger groups declared").get()
    assert entry.data["groups"] == {"q-d": 2}
    assert "North" not in str(entry.data)
    wrong = client.post(url, {f"q-d~{ids['1']}": "North"})
    assert wrong.status_code == 422
    assert "Give every answer a larger group" in wrong.content.decode()
    assert client.post(url, dict.fromkeys((f"q-d~{one}" for one in ids.values()), "")).status_code == 302
    assert not MergedGroups.objects.exists()


@pytest.mark.parametrize(
    ("names", "mistake"),
    [
        (("North", "North", "South", "south "), ""),
        (("", "", "", " "), ""),
        (("North", "North", "South", ""), "Give every answer"),
        (("North", "north", "North ", "NORTH"), "at least two larger groups"),
        (("A", "B", "C", "D"), "at least two answers into one group"),
        (("A", "A", "B", "No answer given"), "stay apart already"),
        (("A", "A", "B", "B" * 61), "60 letters"),
    ],
)
def test_names_make_a_coarser_partition_or_the_mistake_is_said(names, mistake):
    given = dict(zip("1234", names, strict=True))
    found = policies.find_names_mistake(given)
    assert mistake in found and bool(found) == bool(mistake)
    if not found and policies.has_names(given):
        groups = policies.build_groups(given)
        assert sorted(option for one in groups for option in one["options"]) == list("1234")


def one_after_the_other(first, second):
    """The results of two acts. The second begins when the first has written, and before it is kept."""
    written = threading.Event()

    def begin():
        with transaction.atomic():
            done = first()
            written.set()
            threading.Event().wait(0.5)
        return done

    def follow():
        written.wait(5)
        return second()

    return together(begin, follow)


@only_on_postgresql("that larger groups and the first release follow each other")
@pytest.mark.django_db(transaction=True)
@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("release_first", [True, False])
def test_a_release_is_made_and_larger_groups_declared_at_once(by_area, officer, colleague, release_first):
    draft, version = calculate_release(by_area, "", by=officer, today=TODAY)

    def store():
        return store_release(draft, version, None, by=officer, today=TODAY)

    def declare_all():
        return declare(by_area, colleague)

    if release_first:
        _, refused = one_after_the_other(store, declare_all)
        assert "stay as they are" in refused and not MergedGroups.objects.exists()
    else:
        _, refused = one_after_the_other(declare_all, store)
        assert "were changed while this was worked out" in refused and not Release.objects.exists()
