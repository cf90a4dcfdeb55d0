"""The pages of a decision's parts: no script, errors in place, nothing lost."""

import re

import pytest
from django.urls import reverse

from insights.coding.models import Theme
from insights.decisions.actions import cite_theme, publish_decision
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Decision
from tests.insights.decisions.conftest import posted


@pytest.fixture
def as_planner(client, planner):
    client.force_login(planner)
    return client


@pytest.fixture
def at(decision):
    return lambda name: reverse(f"insights:{name}", args=[decision.slug])


def rows(*given, do="save", initial=0, **more):
    data = {"row-TOTAL_FORMS": len(given), "row-INITIAL_FORMS": initial, "do": do} | more
    return data | {f"row-{n}-{name}": value for n, row in enumerate(given) for name, value in row.items()}


@pytest.mark.parametrize("outcome", ["yes", "partly"])
def test_a_draft_is_kept_half_written_and_its_page_says_what_it_lacks(as_planner, answered, outcome):
    data = {"title": "Lights", "consultations": [answered.pk], "outcome": outcome, "progress": "planned"}
    data |= {"decided": "2026-11-26", "question": "Which path first?", "partners": "The parks\n\nYouth panel "}
    assert as_planner.post(reverse("insights:record"), data).status_code == 302
    made = Decision.objects.get()
    assert (made.partners, made.question, made.we_did) == (["The parks", "Youth panel"], "Which path first?", "")
    assert (made.outcome, made.reason, made.is_public) == (outcome, "", False)
    html = as_planner.get(reverse("insights:decision", args=[made.slug])).content.decode()
    for words in (
        "Say what we did, or will do.",
        "No ways",
        "None is cited",
        "No points of the strategy",
        "No actions",
    ):
        assert words in html
    assert "No evidence is cited, for it or against it" in html
    listed = as_planner.get(reverse("insights:decisions"), {"outcome": "draft"}).content.decode()
    assert "Lights" in listed


def test_rows_are_added_and_emptied_by_buttons_and_lose_no_word(as_planner, decision, at):
    first, second = (
        {"words": "Light it all", "why": "It costs too much."},
        {"words": "Light the main path", "chosen": "on"},
    )
    html = as_planner.post(at("decision-options"), rows(first, second, do="more")).content.decode()
    assert html.count("<fieldset") == 3 and "It costs too much." in html and not decision.options.exists()
    html = as_planner.post(at("decision-options"), rows(first, second, do="drop-0")).content.decode()
    assert "It costs too much." not in html and "Light the main path" in html
    html = as_planner.post(at("decision-options"), rows(first, {"words": "", "why": "Nobody knows."})).content.decode()
    assert "Error: " in html and 'href="#id_row-1-words"' in html and "Nobody knows." in html
    assert as_planner.post(at("decision-options"), rows(first, {"words": ""}, second)).status_code == 302
    assert [option.words for option in decision.options.all()] == ["Light it all", "Light the main path"]
    assert (
        as_planner.post(at("decision-options"), rows(second, {"words": "", "why": ""}, initial=2)).status_code == 302
    )
    html = as_planner.get(reverse("insights:decision", args=[decision.slug])).content.decode()
    assert "Light the main path" in html and "Light it all" not in html and list_ledger_problems() == []


def test_a_measure_of_few_people_is_refused_in_its_row_and_one_may_ask_again(
    as_planner, decision, at, release, colleague
):
    fine = {"what": "Who feels safe", "unit": "percent", "baseline": "40", "target": "60", "by": "2027-06-01"}
    few = {"what": "Who came", "unit": "people", "baseline": "4"}
    html = as_planner.post(at("decision-measures"), rows(fine, few)).content.decode()
    assert 'href="#id_row-1-baseline"' in html and "10 or more" in html and "Who feels safe" in html
    page = decision.consultations.get()
    assert as_planner.post(at("decision-measures"), rows(fine | {"asked": f"{page.pk}|q-a"}, {})).status_code == 302
    made = decision.measures.get()
    assert (made.consultation, made.question, made.target) == (page, "q-a", 60)
    publish_decision(decision=decision, by=colleague)
    as_planner.force_login(colleague)
    assert "stay" in as_planner.get(at("decision-options")).content.decode()
    assert as_planner.post(at("decision-options"), rows({}, do="save")).status_code == 200
    assert as_planner.post(at("decision-options"), {"row-TOTAL_FORMS": "²", "do": "more"}).status_code == 200
    moved = rows(fine | {"target": "50"}, initial=1)
    html = as_planner.post(at("decision-measures"), moved).content.decode()
    assert 'href="#id_why"' in html
    assert as_planner.post(at("decision-measures"), moved | {"why": "We aimed too high."}).status_code == 302
    assert decision.measures.get().target == 50


def test_where_a_decision_belongs_and_which_it_follows(as_planner, decision, at, planner, colleague, answered):
    earlier = decision
    publish_decision(decision=earlier, by=colleague)
    as_planner.post(reverse("insights:record"), posted(title="Later") | {
        "consultations": [answered.pk], "progress": "planned"})  # fmt: skip
    later = Decision.objects.get(title="Later")
    url = reverse("insights:decision-place", args=[later.slug])
    place = {"points": ["understand-locations", "disrupt-prevent-harm"], "audiences": ["communities"], "online": "on"}
    html = as_planner.post(url, place | {"follows_how": "replaces"}).content.decode()
    assert "Choose the earlier decision" in html and re.search(r'value="understand-locations"[^>]* checked', html)
    assert as_planner.post(url, place | {"follows_how": "replaces", "follows": earlier.pk}).status_code == 302
    later.refresh_from_db()
    assert [link["strand"] for link in later.links] == [1, 5] and (later.online, later.follows) == (True, earlier)
    publish_decision(decision=later, by=colleague)
    pages = [
        as_planner.get(reverse("insights:decision", args=[one.slug])).content.decode() for one in (earlier, later)
    ]
    assert "took the place of this one" in pages[0] and reverse("insights:decision", args=[later.slug]) in pages[0]
    assert "It took the place of" in pages[1] and "On-line activity" in pages[1] and "Communities" in pages[1]
    public = as_planner.get("/en/you-said-we-did/").content.decode()
    assert "A newer decision takes the place of this one: Later." in public


def test_what_speaks_against_is_asked_for_and_a_question_is_cited(
    as_planner, decision, at, release, planner, colleague
):
    cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="lights"))
    page = reverse("insights:decision", args=[decision.slug])
    assert "No evidence against this decision is cited" in as_planner.get(page).content.decode()
    html = as_planner.get(at("cite"), {"bearing": "challenges", "release": release.pk}).content.decode()
    assert "What did people say against this?" in html and "Question a?" in html
    figure = release.figures.get(kind="question", key="q-a")
    asked = f"{at('cite-question')}?release={release.pk}&question={figure.pk}&bearing=challenges"
    html = as_planner.get(asked).content.decode()
    assert re.search(r'value="challenges"[^>]* checked', html) and "“Yes”: about 70 people" in html
    assert as_planner.post(asked, {"row": "a-2", "bearing": "challenges"}).status_code == 302
    html = as_planner.get(page).content.decode()
    assert "No evidence against" not in html and "Question 1, as asked, version 1" in html and "45" in html
    assert "cited already" in as_planner.post(asked, {"row": "a-2", "bearing": "context"}).content.decode()
    publish_decision(decision=decision, by=colleague)
    assert as_planner.post(asked, {"row": "", "bearing": "context"}).status_code == 302
    as_planner.force_login(colleague)
    proposed = decision.proposed_citations.get()
    assert "Question a?, context" in as_planner.get(page).content.decode()
    as_planner.post(reverse("insights:accept-citation", args=[proposed.pk]))
    assert decision.figure_citations.count() == 2


def test_what_a_colleague_saved_meanwhile_is_shown_before_it_is_written_over(as_planner, draft):
    at = reverse("insights:decision-options", args=[draft.slug])
    opened = as_planner.get(at).context["rows"].opened
    as_planner.post(at, rows({"words": "Light it all"}, opened=opened))
    mine = rows({"words": "Light the park"})
    drawn = as_planner.post(at, mine | {"opened": opened, "do": "more"}).context["rows"].opened
    refused = as_planner.post(at, mine | {"opened": drawn})
    assert "Someone saved this after you opened it" in refused.content.decode()
    assert "1. Light it all" in refused.content.decode() and "Light the park" in refused.content.decode()
    as_planner.post(at, mine | {"opened": refused.context["rows"].opened})
    assert [option.words for option in draft.options.all()] == ["Light the park"]

    at = reverse("insights:edit-decision", args=[draft.slug])
    form = as_planner.get(at).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"consultations": list(draft.consultations.values_list("pk", flat=True)), "opened": form.opened}
    assert as_planner.post(at, sent | {"you_said": "You want lamps."}).status_code == 302
    refused = as_planner.post(at, sent | {"you_said": "You want lights on.", "outcome": "already"}).content.decode()
    assert "<li>Outcome: “Yes”</li>" in refused, "a choice by its words"
    assert "You said: “You want lamps.”" in refused and "You want lights on.</textarea>" in refused
