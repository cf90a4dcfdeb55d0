"""Outcomes of a decision: later evidence, two persons, reading age, and a ledger entry for each step."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from cms.staff.task_list.due_task_sources import list_due_tasks
from consultation.receipts.heard_back import actions as heard
from consultation.receipts.heard_back.models import HeardAnswer
from insights.coding.models import Theme
from insights.decisions.actions import record_decision
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import LedgerEntry
from insights.decisions.options_appraisal.actions import set_measures
from insights.decisions.outcomes import actions, change_polls, outcome_figures
from insights.decisions.outcomes.models import ChangePoll, OutcomeEvidence, OutcomeUpdate
from tests import factories
from tests.insights.decisions.conftest import said
from tests.insights.decisions.outcomes.conftest import AFTER, WORDS, made_release
from tests.insights.decisions.tampering import for_a_moment

DAY = date(2026, 11, 25)


def theme(slug="lights"):
    return Theme.objects.get(slug=slug)


def answer(draft, by, later, earlier=None, option="yes", bearing="worked"):
    return actions.cite_answer(
        update=draft, by=by, release=later, question="q-a", option=option, bearing=bearing, before=earlier
    )


def test_whoever_wrote_a_word_does_not_publish_and_what_changed_since_the_look_is_not_published(
    draft, later, officer, colleague, planner
):
    with pytest.raises(PermissionDenied):
        actions.publish_outcome(draft, by=planner)
    actions.change_outcome(draft, by=officer, verdict="partly", words=WORDS)
    with pytest.raises(ValidationError, match="Two people"):
        actions.publish_outcome(draft, by=officer)
    draft.refresh_from_db()
    before = draft.state_hash
    actions.cite_theme(update=draft, by=planner, release=later, theme=theme(), bearing="not")
    with pytest.raises(ValidationError, match="Look at it again"):
        actions.publish_outcome(draft, by=colleague, seen_state=before)
    done = actions.publish_outcome(draft, by=colleague, seen_state=draft.state_hash, today=DAY)
    assert (done.verdict, done.published_by, done.published_on) == ("partly", colleague, DAY)
    for again in (
        lambda: actions.change_outcome(done, by=officer, verdict="worked", words=WORDS),
        lambda: actions.discard_outcome(done, by=officer),
        lambda: actions.remove_evidence(evidence=done.evidence.get(), by=officer),
    ):
        with pytest.raises(ValidationError, match="stays"):
            again()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomeUpdate.objects.filter(pk=done.pk).update(published_by=done.made_by)


def test_nothing_is_said_of_a_draft_or_by_who_may_not(decision, parks, planner, officer, home):
    unpublished = record_decision(by=planner, consultations=[parks[0]], **said(slug="other", title="Other"))
    with pytest.raises(ValidationError, match="Publish the decision first"):
        actions.draft_outcome(decision=unpublished, by=planner, verdict="worked", words=WORDS)
    with pytest.raises(PermissionDenied):
        actions.draft_outcome(
            decision=decision, by=factories.staff("nobody@example.org"), verdict="worked", words=WORDS
        )
    for field, given in (("words", {"words": " "}), ("words", {"words": "Child sexual exploitation is less."})):
        with pytest.raises(ValidationError) as error:
            actions.draft_outcome(decision=decision, by=planner, verdict="worked", words=WORDS | given)
        assert field in error.value.message_dict


def test_words_that_are_too_hard_are_mended_or_stay_for_a_reason(draft, planner, colleague):
    hard = "Implementation of environmental improvements considerably increased perceived neighbourhood satisfaction."
    actions.change_outcome(draft, by=planner, verdict="worked", words=WORDS | {"words": hard})
    with pytest.raises(ValidationError, match="Reads like for"):
        actions.publish_outcome(draft, by=colleague)
    done = actions.publish_outcome(draft, by=colleague, hard_because="It is the name of a place.")
    assert done.hard_because == "It is the name of a place."


def test_later_evidence_is_frozen_as_it_was_seen(draft, later, earlier, planner):
    found = answer(draft, planner, later, earlier).seen
    assert (found["people"], found["base"], found["before"]["people"]) == (150, 200, 60)
    assert found["change"]["points"] == 45 and 0 < found["change"]["low"] < 45 < found["change"]["high"]
    seen = actions.cite_theme(update=draft, by=planner, release=later, theme=theme(), bearing="worked").seen
    assert seen == {"label": "Lights", "people": 20, "base": 100}
    later.figures.filter(kind="question").update(title="Is it dark?")
    assert answer(draft, planner, later, earlier, option="no").seen["why_not"] == "words"
    with pytest.raises(ValidationError, match="hidden"):
        actions.cite_theme(update=draft, by=planner, release=later, theme=theme("rare"), bearing="worked")
    with pytest.raises(ValidationError, match="after the decision"):
        actions.cite_theme(update=draft, by=planner, release=earlier, theme=theme(), bearing="worked")
    with pytest.raises(ValidationError):
        answer(draft, planner, later, earlier)
    assert OutcomeEvidence.objects.count() == 3


def test_a_release_is_never_compared_with_one_that_it_contains(
    draft, decision, later, earlier, parks, planner, officer, colleague
):
    """The same people would stand on both sides, and a change would be an artefact of when they were counted."""
    whole = made_release(parks[0], 2, AFTER, yes=150, lights=20, by=officer, colleague=colleague)
    assert not outcome_figures.earlier_releases(whole, "q-a").exists()
    with pytest.raises(ValidationError, match="earlier wave"):
        answer(draft, planner, whole, earlier)
    assert "before" not in answer(draft, planner, whole).seen
    newer = made_release(parks[0], 3, AFTER, yes=160, lights=20, by=officer, colleague=colleague)
    assert list(outcome_figures.earlier_releases(later, "q-a")) == [newer], "the newest of the wave before"


def test_a_change_between_such_releases_that_was_cited_before_is_not_told(
    draft, later, earlier, parks, planner, client
):
    cited = answer(draft, planner, later, earlier)
    client.force_login(planner)
    address = reverse("insights:outcome", args=[draft.decision.slug])
    assert "a change of 45 in 100" in client.get(address).content.decode()
    OutcomeEvidence.objects.filter(pk=cited.pk).update(before=later)
    assert OutcomeEvidence.objects.get().change is None
    assert "a change of" not in client.get(address).content.decode()


def test_the_ledger_has_every_step_and_names_what_was_changed_beside_it(draft, later, earlier, planner, colleague):
    answer(draft, planner, later, earlier)
    done = actions.publish_outcome(draft, by=colleague)
    verbs = LedgerEntry.objects.filter(verb__startswith="outcome").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["outcome recorded", "outcome changed", "outcome published"]
    assert WORDS["words"] not in str(list(LedgerEntry.objects.values_list("data", flat=True)))
    assert list_ledger_problems() == []
    evidence, updates = OutcomeEvidence.objects, OutcomeUpdate.objects
    tampering = {
        "no longer says": lambda: evidence.update(seen={"label": "Yes", "people": 200}),
        f"outcome {done.pk}) no longer says": lambda: updates.update(verdict="not"),
        "cites something else": lambda: evidence.update(release=earlier),
        "other days, other people": lambda: updates.update(published_on=date(2020, 1, 1)),
        "other people or another reason": lambda: updates.update(published_by=factories.staff("stranger@example.org")),
        "other words in pl": lambda: updates.update(words=done.words | {"pl": {"words": "Nic."}}),
        "no longer here": lambda: (evidence.all().delete(), done.writers.clear(), done.delete()),
    }
    for words, tamper in tampering.items():
        with for_a_moment("insights_outcomeupdate", "insights_outcomeevidence", "insights_outcomeupdate_writers"):
            tamper()
            assert words in "\n".join(list_ledger_problems()), words
    assert list_ledger_problems() == []


def test_the_database_keeps_what_two_people_said_and_what_was_put_to_everyone(
    draft, decision, later, planner, officer, colleague
):
    """Words in other languages, and the numbers of a poll, go on."""
    shown = answer(draft, planner, later)
    poll = change_polls.draft_poll(decision=decision, by=officer, opens=DAY, closes=DAY + timedelta(days=9), today=DAY)
    updates, polled = OutcomeUpdate.objects, ChangePoll.objects
    updates.update(verdict="partly")
    polled.update(closes=DAY + timedelta(days=5))
    updates.update(verdict="worked")
    done = actions.publish_outcome(draft, by=colleague)
    change_polls.publish_poll(poll, by=colleague, today=DAY)
    refused = [
        lambda: updates.update(verdict="not"),
        lambda: updates.update(published_on=date(2020, 1, 1)),
        lambda: updates.update(words=done.words | {"en": {"words": "All is well."}}),
        lambda: updates.update(words={}),
        lambda: updates.all()._raw_delete("default"),
        lambda: done.writers.clear(),
        lambda: OutcomeEvidence.objects.update(seen={}),
        lambda: OutcomeEvidence.objects.all().delete(),
        lambda: OutcomeEvidence.objects.create(update=done, release=later, question="q-a", option="no", bearing="not"),
        lambda: polled.update(opens=date(2020, 1, 1)),
        lambda: polled.all()._raw_delete("default"),
    ]
    if connection.vendor == "postgresql":
        tables = ("outcomeupdate", "outcomeevidence", "changepoll")
        refused += [lambda table=table: empty(f"insights_{table}") for table in tables]
    for number, change in enumerate(refused):
        with pytest.raises(DatabaseError, match="what is published stays"), transaction.atomic():
            change()
            pytest.fail(f"{number} went through")
    updates.update(words=done.words | {"ur": {"words": "اب اندھیرا کم ہے۔"}})
    polled.update(counted_on=DAY, table={"base": 50})
    assert OutcomeEvidence.objects.get() == shown


def empty(table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {table} CASCADE")


def send(poll, choice, number):
    for n in range(number):
        nonce = f"{poll.pk % 100:02}{choice:<6}{n:08}".encode()
        heard.save_poll_answer(consultation=poll.consultation, about=poll.about, nonce=nonce, choice=choice)


def test_a_refused_poll_is_in_the_ledger_and_drawn_once(decision, officer, colleague, no_noise):
    days = {"opens": DAY, "closes": DAY + timedelta(days=20)}
    poll = change_polls.draft_poll(decision=decision, by=officer, **days, today=DAY)
    poll = change_polls.publish_poll(poll, by=colleague, today=DAY)
    send(poll, "yes", 26)
    assert [change_polls.refresh_polls(DAY + timedelta(days=day)) for day in (0, 1, 8)] == [1, 0, 0]
    poll.refresh_from_db()
    assert poll.table["base"] is None and change_polls.build_public_figure(poll) is None
    assert LedgerEntry.objects.filter(verb="poll counted").count() == 1 and list_ledger_problems() == []


def test_a_poll_takes_two_people_and_tells_of_no_single_reply(decision, officer, colleague, no_noise):
    poll = change_polls.draft_poll(
        decision=decision, by=officer, opens=DAY, closes=DAY + timedelta(days=20), today=DAY
    )
    with pytest.raises(ValidationError, match="Two people"):
        change_polls.publish_poll(poll, by=officer, today=DAY)
    poll = change_polls.publish_poll(poll, by=colleague, today=DAY)
    with pytest.raises(ValidationError, match="already"):
        change_polls.draft_poll(
            decision=decision, by=officer, opens=DAY + timedelta(days=3), closes=DAY + timedelta(days=9)
        )
    send(poll, "yes", 3)
    assert (change_polls.refresh_polls(DAY), change_polls.build_public_figure(poll)) == (0, None)
    for choice, number in {"no": 60, "partly": 40, "dk": 30}.items():
        send(poll, choice, number)
    assert change_polls.refresh_polls(DAY) == 1
    poll.refresh_from_db()
    shown = {row.label.key: row.people for row in change_polls.build_public_figure(poll).rows}
    assert list(shown.values()) == [None, 40, 60, 30]
    assert "fewer than 5 said yes" in change_polls.describe_poll(poll)
    assert list_ledger_problems() == []
    for words, changed in {
        "has other days than ledger entry": {"closes": DAY + timedelta(days=60)},
        "by other people, or on another day": {"published_on": date(2020, 1, 1)},
        "no longer shows": {"table": poll.table | {"base": 500}},
    }.items():
        with for_a_moment("insights_changepoll"):
            ChangePoll.objects.update(**changed)
            assert words in "\n".join(list_ledger_problems())
    assert {field.name for field in HeardAnswer._meta.get_fields()} == {
        "id",
        "settled",
        "consultation",
        "about",
        "choice",
        "excluded_from_figures",
    }


def test_a_poll_ends_before_its_replies_are_erased(decision, officer):
    page = decision.consultations.get()
    page.closes = date(2024, 12, 1)
    page.save()
    with pytest.raises(ValidationError) as error:
        change_polls.draft_poll(decision=decision, by=officer, opens=DAY, closes=DAY + timedelta(days=20))
    assert "29 November 2026" in error.value.message_dict["closes"][0]


def test_the_pages_lead_from_a_decision_to_a_published_outcome(
    client, decision, later, earlier, planner, colleague, officer
):
    client.force_login(planner)
    overview = reverse("insights:outcomes")
    assert "Nothing is said yet" in client.get(overview).content.decode()
    assert "No decision is like that" in client.get(f"{overview}?show=worked").content.decode()
    begin = reverse("insights:begin-outcome", args=[decision.slug])
    wrong = client.post(begin, {"verdict": "", "words": "Kept."})
    assert wrong.status_code == 422 and "Kept." in wrong.content.decode()
    client.post(begin, WORDS | {"verdict": "worked"})
    update = OutcomeUpdate.objects.get()
    cite = reverse("insights:cite-outcome", args=[update.pk])
    page = client.get(cite).content.decode()
    assert f"?release={later.pk}" in page and f"?release={earlier.pk}" not in page
    address = f"{cite}?release={later.pk}&question=q-a&before={earlier.pk}"
    page = client.get(address).content.decode()
    assert "+45 in 100" in page and "more than before" in page
    client.post(address, {"option": "yes", "bearing": "worked"})
    of = reverse("insights:outcome", args=[decision.slug])
    assert "a change of 45 in 100" in client.get(of).content.decode()
    assert [item.title for item in list_due_tasks(DAY) if item.kind == "What came of it"] == [decision.title]
    ur = reverse("insights:translate-outcome", args=[update.pk, "ur"])
    assert ur in client.get(of).content.decode()
    client.force_login(officer)
    client.post(ur, {"words": "اب اندھیرا کم ہے۔", "machine": "on"})
    client.force_login(colleague)
    right = reverse("insights:confirm-outcome-words", args=[update.pk, "ur"])
    look = client.get(ur).content.decode().split('name="seen_state" value="')[1].split('"')[0]
    client.post(right, {"seen_state": look, "speaker": "A reader of Urdu"})
    update.refresh_from_db()
    assert update.words["ur"]["checked_by"].endswith("A reader of Urdu")
    client.post(reverse("insights:publish-outcome", args=[update.pk]), {"seen_state": "another"})
    assert not OutcomeUpdate.objects.published().exists()
    client.post(reverse("insights:publish-outcome", args=[update.pk]), {"seen_state": update.state_hash})
    assert OutcomeUpdate.objects.published().exists()
    client.force_login(planner)
    assert ur not in client.get(of).content.decode()  # a planner translates drafts alone
    assert list_ledger_problems() == []
    words = update.words | {"ur": update.words["ur"] | {"words": "سب ٹھیک ہے۔"}}
    OutcomeUpdate.objects.update(words=words)
    assert "something else in ur" in list_ledger_problems()[0] and "other words in ur" in list_ledger_problems()[1]
    client.force_login(planner)
    assert client.get(ur).status_code == 403, "what is public changes by whoever may publish"
    client.force_login(colleague)
    assert "It worked" in client.get(f"{overview}?show=worked").content.decode()


def test_an_outcome_shows_measure_target_and_what_was_reached_everywhere(
    client, decision, later, planner, officer, colleague
):
    """Also after the measure was changed: what was promised then stands."""
    set_measures(
        decision=decision, by=officer, why="We count now.", today=DAY,
        measures=[{"what": "Paths with light", "unit": "percent", "baseline": 40, "target": 80, "by": date(2027, 3, 1)}],
    )  # fmt: skip
    client.force_login(planner)
    url = reverse("insights:begin-outcome", args=[decision.slug])
    measure = decision.measures.get()
    field = f"reached_{measure.pk}"
    page = client.get(url).content.decode()
    assert "What was reached: Paths with light" in page
    assert "From 40%; target 80% by 1 March 2027." in page
    client.post(url, {"verdict": "partly", **WORDS, field: "65.5"})
    made = OutcomeUpdate.objects.get()
    assert made.reached == [
        {
            "what": "Paths with light",
            "unit": "%",
            "baseline": "40",
            "target": "80",
            "by": "2027-03-01",
            "value": "65.5",
        }
    ]
    line = "Paths with light: from 40%, target 80% by 1 March 2027, reached 65.5%"
    assert line in client.get(reverse("insights:outcome", args=[decision.slug])).content.decode()
    trace = reverse("insights:trace", args=["decision", decision.slug])
    assert line not in client.get(trace).content.decode(), "a draft is not public"
    actions.publish_outcome(made, by=colleague, seen_state=made.state_hash, today=DAY)
    set_measures(decision=decision, by=officer, measures=[], why="We count no more.", today=DAY)
    shown = client.get(trace).content.decode()
    assert line in shown and "It worked in part" in shown and f"#o-{made.pk}" in shown
    assert line in client.get(reverse("insights:decision", args=[decision.slug])).content.decode()
    for path in (f"/en/you-said-we-did/{decision.slug}/", "/en/you-said-we-did/"):
        html = " ".join(client.get(path).content.decode().split())
        for words in ("Paths with light", "At first: 40%.", "We wanted: 80%.", "Now: 65.5%."):
            assert words in html, (path, words)
    assert not list(list_ledger_problems())
    with pytest.raises(DatabaseError), transaction.atomic():
        OutcomeUpdate.objects.update(reached=[])


def test_a_small_number_of_people_is_not_reached(decision, officer, planner):
    set_measures(
        decision=decision, by=officer, why="We count now.", today=DAY,
        measures=[{"what": "People who came", "unit": "people", "target": 30}],
    )  # fmt: skip
    pk = decision.measures.get().pk
    with pytest.raises(ValidationError) as refused:
        actions.draft_outcome(decision=decision, by=planner, verdict="worked", words=WORDS, reached={pk: 9})
    assert set(refused.value.message_dict) == {f"reached_{pk}"}


def test_a_planner_changes_the_draft_that_they_wrote(client, decision, planner, draft):
    client.force_login(planner)
    page = client.get(reverse("insights:outcome", args=[decision.slug])).content.decode()
    url = reverse("insights:write-outcome", args=[draft.pk])
    assert url in page and "Change the draft" in page
    client.post(url, {"verdict": "not", "words": "It is dark again.", "easy": ""})
    draft.refresh_from_db()
    assert (draft.verdict, draft.english["words"]) == ("not", "It is dark again.")


def test_a_planner_changes_the_decision_that_they_drafted(client, parks, planner):
    made = record_decision(by=planner, consultations=[parks[0]], **said(slug="mine"))
    client.force_login(planner)
    url = reverse("insights:edit-decision", args=["mine"])
    assert url in client.get(reverse("insights:decision", args=["mine"])).content.decode()
    fields = {"title": "More lights", "consultations": [parks[0].pk], "outcome": "yes", "decided": made.decided,
              "progress": "planned", "opened": client.get(url).context["form"].opened}  # fmt: skip
    assert client.post(url, fields).status_code == 302
    made.refresh_from_db()
    assert made.title == "More lights"
