"""Parts of a decision: options, measures, conditions, and a question's figure as evidence."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from insights.coding.models import Theme
from insights.decisions.actions import (
    change_decision,
    cite_theme,
    decline_proposal,
    propose_theme,
    publish_decision,
    record_decision,
)
from insights.decisions.evidence.actions import accept_proposal, cite_figure, propose_figure, remove_figure_citation
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.ledger_entries import hash_decision_content
from insights.decisions.models import Decision, FigureCitation, LedgerEntry, Measure, Option
from insights.decisions.options_appraisal.actions import set_measures, set_options
from insights.releases.withheld_releases import tied_releases_asked
from tests.insights.decisions.conftest import said

OPTIONS = [
    {"words": "Lights on every path", "chosen": False, "why": "It costs more than we have."},
    {"words": "Lights on the main path", "chosen": True, "why": "Most people walk there."},
]
MEASURE = {
    "what": "Who feels safe there after dark", "unit": "percent", "baseline": Decimal(40), "baseline_on": None,
    "target": Decimal(60), "by": date(2027, 6, 1),
}  # fmt: skip


def test_options_and_measures_are_part_of_what_the_ledger_proves(decision, planner, colleague):
    before = hash_decision_content(decision)
    set_options(decision=decision, by=planner, options=OPTIONS)
    set_measures(decision=decision, by=planner, measures=[MEASURE])
    assert hash_decision_content(decision) != before and list_ledger_problems() == []
    Option.objects.filter(chosen=True).update(why="It was the mayor's wish.")
    assert "lights-first" in list_ledger_problems()[0]
    Option.objects.filter(chosen=True).update(why=OPTIONS[1]["why"])
    Measure.objects.update(target=50)
    assert "lights-first" in list_ledger_problems()[0]


def test_once_public_the_options_stay_and_a_goal_moves_with_a_public_reason(decision, planner, colleague):
    set_options(decision=decision, by=planner, options=OPTIONS)
    set_measures(decision=decision, by=planner, measures=[MEASURE])
    kept = Measure.objects.get().pk
    public = publish_decision(decision=decision, by=colleague)
    with pytest.raises(PermissionDenied):
        set_measures(decision=public, by=planner, measures=[])
    with pytest.raises(ValidationError, match="stay"):
        set_options(decision=public, by=colleague, options=[])
    set_measures(decision=public, by=colleague, measures=[MEASURE])
    assert not public.progress_notes.exists(), "nothing changed, nothing to say"
    with pytest.raises(ValidationError, match="Say why it changes"):
        set_measures(decision=public, by=colleague, measures=[MEASURE | {"target": Decimal(50)}])
    set_measures(decision=public, by=colleague, measures=[MEASURE | {"target": Decimal(50)}], why="We aimed too high.")
    assert "We aimed too high." in public.progress_notes.get().words["en"]
    assert Measure.objects.get().pk == kept, "what was measured so far still points at it"
    assert list_ledger_problems() == []


@pytest.mark.each_on_postgresql
@pytest.mark.parametrize("few", [{"baseline": Decimal(4)}, {"target": Decimal(9)}])
def test_a_measure_of_few_people_is_refused_by_us_and_by_the_database(decision, planner, few):
    with pytest.raises(ValidationError, match="10 or more"):
        set_measures(decision=decision, by=planner, measures=[MEASURE | {"unit": "people"} | few])
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.create(decision=decision, what="Few", unit="people", **few)


def later(planner, answered, earlier, how, slug="lights-later"):
    made = record_decision(by=planner, consultations=[answered], **said(slug=slug, title="Lights on all paths"))
    return change_decision(decision=made, by=planner, follows=earlier, follows_how=how)


def test_a_decision_takes_the_place_of_an_earlier_one_and_both_say_so(decision, planner, colleague, answered):
    with pytest.raises(ValidationError, match="draft"):
        later(planner, answered, decision, "replaces", slug="too-early")
    first = publish_decision(decision=decision, by=colleague)
    second, rival = (later(planner, answered, first, "replaces", slug=slug) for slug in ("second", "rival"))
    assert first.replaced_by is None, "a draft takes no place"
    publish_decision(decision=second, by=colleague, today=date(2026, 12, 1))
    first = Decision.objects.get(pk=first.pk)
    assert (first.replaced_by, first.progress, first.next_update) == (second, "stopped", None)
    assert "takes the place of this one: Lights on all paths" in first.progress_notes.get().words["en"]
    assert list(Decision.objects.in_force()) == [second]
    with pytest.raises(ValidationError, match="taken the place"):
        publish_decision(decision=rival, by=colleague)
    with pytest.raises(ValidationError, match="stays"):
        change_decision(decision=second, by=colleague, follows=None, follows_how="", why="No.")
    assert list_ledger_problems() == []


def test_an_amendment_leaves_the_earlier_one_in_force(decision, planner, colleague, answered):
    first = publish_decision(decision=decision, by=colleague)
    publish_decision(decision=later(planner, answered, first, "amends"), by=colleague)
    first = Decision.objects.get(pk=first.pk)
    assert (first.replaced_by, first.progress) == (None, "planned")
    assert [one.slug for one in first.changes] == ["lights-later"]
    assert Decision.objects.in_force().count() == 2
    with pytest.raises(ValidationError, match="Choose the earlier"):
        record_decision(by=planner, consultations=[answered], **said(slug="other", follows_how="amends"))
    with pytest.raises(ValidationError, match="takes the place"):
        later(planner, answered, first, "", slug="how")


def test_a_half_written_draft_is_kept_and_not_published(planner, colleague, answered):
    draft = record_decision(by=planner, consultations=[answered], **said(we_did="", lead_role=""))
    with pytest.raises(ValidationError) as refused:
        publish_decision(decision=draft, by=colleague)
    assert refused.value.messages == ["Say what we did, or will do.", "Say who leads."]


@pytest.fixture
def figure(release):
    return release.figures.get(kind="question", key="q-a")


def test_a_questions_figure_is_cited_as_it_was_asked_and_seen(decision, planner, figure, colleague):
    whole = cite_figure(decision=decision, by=planner, figure=figure)
    one = cite_figure(decision=decision, by=planner, figure=figure, row="a-1", bearing="challenges")
    assert (whole.seen["asked"], whole.seen["number"], whole.seen["version"]) == ("Question a?", 1, 1)
    assert [(row["label"], row["value"]) for row in one.seen["rows"]] == [("Yes", 70)]
    assert [row["value"] for row in whole.seen["rows"]][:2] == [70, 45]
    assert {row["symbol"] for row in whole.seen["rows"]} == {""}
    for wrong in ({"row": "a-1"}, {"row": "a-99"}):
        with pytest.raises(ValidationError):
            cite_figure(decision=decision, by=planner, figure=figure, **wrong)
    remove_figure_citation(citation=whole, by=planner)
    publish_decision(decision=decision, by=colleague)
    with pytest.raises(ValidationError, match="stays"):
        remove_figure_citation(citation=one, by=planner)
    assert list_ledger_problems() == []
    for tampered in ({"row": "a-2"}, {"question": "q-b"}, {"bearing": "supports"}):
        before = {name: getattr(one, name) for name in tampered}
        FigureCitation.objects.filter(pk=one.pk).update(**tampered)
        assert "no longer shows what ledger entry" in "".join(list_ledger_problems()), tampered
        FigureCitation.objects.filter(pk=one.pk).update(**before)
    assert set(LedgerEntry.objects.values_list("verb", flat=True)) >= {"cited figure", "figure removed"}


def test_a_figure_for_a_public_decision_takes_a_second_person(decision, planner, officer, colleague, figure):
    public = publish_decision(decision=decision, by=colleague)
    with pytest.raises(ValidationError, match="second person"):
        cite_figure(decision=public, by=planner, figure=figure)
    with pytest.raises(PermissionDenied):
        propose_figure(decision=public, by=colleague, figure=figure)
    proposed = propose_figure(decision=public, by=officer, figure=figure, row="a-2", bearing="challenges")
    with tied_to_one_agency(figure.release), pytest.raises(ValidationError, match="one agency alone"):
        accept_proposal(proposed=proposed, by=colleague)
    with pytest.raises(ValidationError, match="Two people"):
        accept_proposal(proposed=proposed, by=officer)
    assert accept_proposal(proposed=proposed, by=colleague).seen["rows"][0]["value"] == 45
    with pytest.raises(ValidationError, match="already"):
        propose_figure(decision=public, by=planner, figure=figure, row="a-2")
    decline_proposal(proposed=propose_figure(decision=public, by=planner, figure=figure), by=colleague)
    theme = propose_theme(decision=public, by=planner, release=figure.release, theme=Theme.objects.get(slug="lights"))
    assert accept_proposal(proposed=theme, by=colleague).seen["people"] == 50


def test_the_database_drops_no_decision_and_nothing_that_a_published_one_holds(
    decision,
    planner,
    colleague,
    release,
    figure,
):
    set_options(decision=decision, by=planner, options=OPTIONS)
    theme = cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    number = cite_figure(decision=decision, by=planner, figure=figure)
    draft = record_decision(by=planner, consultations=decision.consultations.all(), **said(slug="draft"))
    public = publish_decision(decision=decision, by=colleague)
    for rows in (
        Decision.objects.filter(pk=draft.pk), Decision.objects.filter(pk=public.pk), public.options.all(),
        type(theme).objects.filter(pk=theme.pk), type(number).objects.filter(pk=number.pk),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            rows._raw_delete(rows.db)


@contextmanager
def tied_to_one_agency(release):
    def answer(sender, **_):
        return {release.pk}

    tied_releases_asked.connect(answer)
    try:
        yield
    finally:
        tied_releases_asked.disconnect(answer)
