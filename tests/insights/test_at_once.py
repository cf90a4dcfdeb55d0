"""Two people act at the same moment on PostgreSQL: one is first, and neither meets an error."""

import threading
from datetime import date, timedelta

import pytest
from django.db import transaction

from consultation.channels.web import withdrawal
from consultation.reading.actions import recall_answer
from consultation.responses.models import Response
from consultation.responses.signals import quoting_refused
from insights.coding.codebooks.models import MarkedPhrase
from insights.coding.learning import actions as learning
from insights.coding.learning.model_fitting import FittedModel
from insights.coding.learning.models import LearnedModel
from insights.coding.models import Theme, ThemeEntry
from insights.corpus import actions as corpus
from insights.corpus.actions import forget_respondent
from insights.corpus.models import Text
from insights.decisions import actions as decisions
from insights.decisions import decision_rules
from insights.decisions.agencies.actions import AT_ONCE as AGENCY_AT_ONCE
from insights.decisions.agencies.actions import get_or_create_agency
from insights.decisions.agencies.models import Agency
from insights.decisions.models import Decision
from insights.decisions.outcomes import change_polls
from insights.decisions.outcomes.models import ChangePoll
from insights.publications.member_checks import actions as checks
from insights.publications.member_checks.models import Check
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.at_once import together
from tests.databases import only_on_postgresql

WORLD = {"we_asked": "What would help?", "you_said": "Lights.", "outcome": "yes", "we_did": "Ten lights.",
         "easy": factories.CHILD_SUMMARY, "lead_role": "Lighting manager", "decided": date(2026, 11, 20),
         "next_update": date(2127, 1, 29)}  # fmt: skip
pytestmark = [
    pytest.mark.django_db(transaction=True),
    only_on_postgresql("that two acts at once do not both count"),
]
DAY = date(2026, 11, 25)


def test_two_begin_a_check_of_one_theme(answered, officer, colleague):
    release = publish_release(release=create_release(consultation=answered, by=officer, today=DAY), by=colleague)
    theme = Theme.objects.get(slug="lights")
    ask = {"words": {"name": "Lights", "summary": "You want lights."}, "opens": DAY, "closes": DAY + timedelta(days=9)}

    def begin(by):
        return lambda: checks.begin_member_check(release=release, theme=theme, by=by, **ask)

    for _ in range(5):
        Check.objects.all().delete()
        done = together(begin(officer), begin(colleague))
        assert sorted(isinstance(one, Check) for one in done) == [False, True]
        assert checks.BEGUN in done


def refuse_quotes(answer):
    Response.objects.filter(pk=answer.response_id).update(may_quote=False)
    quoting_refused.send(sender=None, respondent=answer.response_id)


@pytest.mark.parametrize("leaves", ["withdrawn", "words erased", "a name was left in", "not to be quoted"])
def test_what_goes_while_it_is_taken_into_the_corpus_does_not_stay_there(parks, officer, monkeypatch, leaves):
    """The sweep had read it, and wrote it after everything that a withdrawal deletes had been deleted."""
    answer = factories.response(parks[1], texts={"q-c": "more lights"}, reader=officer).answers.get()
    acts = {
        "withdrawn": lambda: withdrawal.withdraw_response(response=answer.response),
        "words erased": lambda: withdrawal.erase_written_words(response=answer.response),
        "a name was left in": lambda: recall_answer(answer=answer, by=officer, concern=False),
        "not to be quoted": lambda: transaction.atomic(refuse_quotes)(answer),
    }
    read, written, build = threading.Event(), threading.Event(), corpus._build_text

    def build_while_it_goes(row):
        read.set()
        written.wait(0.5)
        return build(row)

    def let_it_go():
        read.wait(5)
        acts[leaves]()
        written.set()

    monkeypatch.setattr(corpus, "_build_text", build_while_it_goes)
    together(corpus.take_released_texts, let_it_go)
    assert not Text.objects.filter(quotable=True).exists()
    assert Text.objects.count() == (leaves == "not to be quoted")


def test_an_answer_is_taken_back_while_a_model_that_learned_from_it_is_kept(answered, codebook):
    texts = list(Text.objects.order_by("pk")[:40])
    going = texts[0].respondent
    fitted = FittedModel(b"what it learned", "digest", frozenset(text.pk for text in texts), {})
    reached, go_on = threading.Event(), threading.Event()

    def keep():
        with transaction.atomic():
            kept = learning._save_model(codebook, fitted, "a test")
            reached.set()
            go_on.wait(5)
        return kept

    def take_back():
        reached.wait(5)
        threading.Timer(0.5, go_on.set).start()  # the withdrawal stands before what is being kept
        with transaction.atomic():
            forget_respondent(going)

    kept, _ = together(keep, take_back)
    assert not Text.objects.filter(respondent=going).exists()
    assert LearnedModel.objects.get(pk=kept.pk).state == "refit"


def test_a_model_is_kept_while_an_answer_that_it_learned_from_is_taken_back(answered, codebook):
    texts = list(Text.objects.order_by("pk")[:40])
    fitted = FittedModel(b"what it learned", "digest", frozenset(text.pk for text in texts), {})
    reached = threading.Event()

    def take_back():
        with transaction.atomic():
            forget_respondent(texts[0].respondent)
            reached.set()
            threading.Event().wait(0.5)

    def keep():
        reached.wait(5)
        return learning._save_model(codebook, fitted, "a test")

    assert together(take_back, keep) == [None, None]
    assert not LearnedModel.objects.exists()


def test_two_take_their_words_back_and_no_phrase_of_four_people_stays(answered, codebook):
    """Each saw the other's text, which the other deleted, so both thought that five others said it."""
    entry = codebook.entries.first()
    texts = list(Text.objects.order_by("pk")[:6])
    for _ in range(3):
        Text.objects.filter(pk__in=[text.pk for text in texts]).update(text="it is pitch black")
        ThemeEntry.objects.filter(pk=entry.pk).update(examples=["pitch black"])
        MarkedPhrase.objects.create(codebook=entry.version.codebook, phrase="pitch black")
        going = [text.respondent for text in texts[:2]]
        together(*(lambda one=one: take_back_slowly(one) for one in going))
        entry.refresh_from_db()
        assert (entry.examples, MarkedPhrase.objects.count()) == ([], 0)
        texts = [*texts[2:], *Text.objects.exclude(pk__in=[text.pk for text in texts]).order_by("pk")[:2]]


def take_back_slowly(respondent):
    with transaction.atomic():
        forget_respondent(respondent)
        threading.Event().wait(0.3)


@pytest.fixture
def decided(parks, planner, colleague):
    made = decisions.record_decision(by=planner, consultations=[parks[0]], slug="first", title="First", **WORLD)
    return decisions.publish_decision(decision=made, by=colleague)


def test_two_take_the_place_of_one_decision(parks, decided, planner, officer, colleague):
    """Each was refused nothing, and the slower one met the database's own words."""
    more = {"follows": decided, "follows_how": "replaces"}
    drafts = [
        decisions.record_decision(by=planner, consultations=[parks[0]], slug=slug, title=slug.title(), **WORLD, **more)
        for slug in ("second", "third")
    ]
    publishers = zip(drafts, (officer, colleague), strict=True)
    done = together(
        *(lambda draft=draft, by=by: decisions.publish_decision(decision=draft, by=by) for draft, by in publishers)
    )
    assert sorted(isinstance(one, Decision) for one in done) == [False, True]
    assert decision_rules.TAKEN in done
    assert Decision.objects.get(slug="first").followed_by.filter(status="published").count() == 1


def test_two_ask_at_once_whether_it_changed_anything(decided, officer, colleague):
    for n in range(3):
        days = {"opens": DAY + timedelta(days=20 * n), "closes": DAY + timedelta(days=20 * n + 9), "today": DAY}
        asked = [
            lambda by=by, days=days: change_polls.draft_poll(
                decision=Decision.objects.get(pk=decided.pk), by=by, **days
            )
            for by in (officer, colleague)
        ]
        done = together(*asked)
        assert sorted(isinstance(one, ChangePoll) for one in done) == [False, True], done
        assert any("asked in those days already" in str(one) for one in done)


def test_two_give_one_name_at_once(parks, planner):
    record = {"by": planner, "consultations": [parks[0]], "slug": "same", "title": "Same"} | WORLD
    done = together(*[lambda: decisions.record_decision(**record)] * 2)
    assert sorted(isinstance(one, Decision) for one in done) == [False, True]
    assert any(decisions.AT_ONCE in str(one) or "already exists" in str(one) for one in done)
    named = together(*[lambda: get_or_create_agency("The night bus")] * 2)
    assert Agency.objects.count() == 1 and set(map(str, named)) <= {"The night bus", AGENCY_AT_ONCE}
