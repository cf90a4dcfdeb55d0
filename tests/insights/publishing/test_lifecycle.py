"""One rule for every kind of record: nobody publishes what they wrote alone, nothing shows in a language that nobody else
has read, what is thrown away is never shown, and each act is on record."""

import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.staff.task_list.due_task_sources import list_second_person_tasks
from consultation.audit.models import AuditEntry
from insights.decisions.actions import publish_decision, record_decision
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import LedgerEntry
from insights.publications.actions import begin_results, publish_results, write_results
from insights.publishing import translation_confirmation
from insights.releases.actions import create_release, publish_release
from tests import factories
from tests.insights.decisions.conftest import said
from tests.insights.publishing.record_kinds import DAY, KINDS, CheckKind, World

pytestmark = pytest.mark.any_database
REFUSED = (ValidationError, PermissionDenied)
LANGUAGES = ("pl", "ur")


@pytest.fixture
def world(answered, officer, colleague):
    release = publish_release(release=create_release(consultation=answered, by=officer, today=DAY), by=colleague)
    made = record_decision(by=officer, consultations=[answered], **said(slug="first", decided=DAY))
    return World(release, publish_decision(decision=made, by=colleague, today=DAY))


@pytest.fixture
def people(officer, colleague):
    approve = "insights.approve_quote"
    third = factories.staff("third@example.org", "insights.publish_decision", "insights.publish_release", approve)
    writer = factories.staff("writer@example.org", "insights.draft_decision", approve)
    return [officer, colleague, third, writer, factories.staff("nobody@example.org")]


def spell(number):
    """Words of their own for each number, easy to read."""
    return f"It is dark in the {'abcdefghijklmnopqrstuvwxyz'[number % 26]}{'o' * (number // 26 + 1)} park."


class History:
    """What people did with one kind of record, kept beside the product to hold it against."""

    def __init__(self, kind, world, people, seed):
        self.kind, self.world, self.people, self.chance = kind, world, people, random.Random(seed)
        self.lifecycle, self.words = kind.lifecycle, kind.translations
        self.writers, self.approvers, self.translators, self.confirmed = {}, {}, {}, {}
        self.state_hashes, self.gone, self.given, self.done = {}, set(), 0, []
        self.before = set(kind.model.objects.values_list("pk", flat=True))

    def give_words(self):
        self.given += 1
        return spell(self.given)

    def pick(self):
        return self.chance.choice(list(self.kind.model.objects.exclude(pk__in=self.before).order_by("pk")))

    def make(self, by):
        held = self.kind.make(self.world, by, self.give_words())
        self.writers[held.pk] = {by}

    def write(self, by):
        held = self.pick()
        self.kind.write(held, by, self.give_words())
        self.writers[held.pk].add(by)
        self.approvers.pop(held.pk, None)

    def look(self, by):
        held = self.pick()
        self.state_hashes.setdefault(held.pk, []).append(self.lifecycle.get_state_hash(held))

    def recall_state_hash(self, held):
        """Of a page that somebody opened at some time, or none."""
        return self.chance.choice([None, *self.state_hashes.get(held.pk, [])[-2:]])

    def translate(self, by):
        held, language = self.pick(), self.chance.choice(LANGUAGES)
        self.words.translate(held, by=by, language=language, words=self.kind.translate(self.give_words()))
        self.translators.setdefault((held.pk, language), set()).add(by)
        if held.is_draft and hasattr(held, "writers"):
            self.writers[held.pk].add(by)

    def confirm(self, by):
        held, language = self.pick(), self.chance.choice(LANGUAGES)
        kept = self.words.confirm_translation(held, by=by, language=language)
        self.confirmed[held.pk, language] = by, self.hash_words(kept, language)

    def publish(self, by):
        held = self.pick()
        seen, now = self.recall_state_hash(held), self.lifecycle.get_state_hash(held)
        public = not self.lifecycle.publish(held, by=by, seen_state=seen, today=DAY).is_draft
        approvers = self.approvers.setdefault(held.pk, set())
        assert by not in approvers, "approved twice"
        approvers.add(by)
        assert public == (len(approvers) >= self.lifecycle.approvals), (
            "public as soon as enough people agree, no sooner"
        )
        assert seen in (None, now), "published other words than were looked at"
        assert by not in self.writers[held.pk], "published what they wrote"
        assert by.has_perm(self.lifecycle.may_publish)

    def discard(self, by):
        held = self.pick()
        pk, draft = held.pk, held.is_draft
        seen, now = self.recall_state_hash(held), self.lifecycle.get_state_hash(held)
        self.lifecycle.discard(held, by=by, seen_state=seen)
        assert draft and seen in (None, now), "what is public stays, and so does what nobody looked at"
        self.gone.add(pk)

    def hash_words(self, held, language):
        return translation_confirmation.hash_translation_state(
            self.words.words_in(held, language), self.words.english_of(held)
        )

    def step(self):
        acts = self.kind.acts if self.kind.model.objects.exclude(pk__in=self.before) else ("make",)
        act, recorded = self.chance.choice(acts), count_records()
        try:
            getattr(self, act)(self.chance.choice(self.people))
        except REFUSED:
            assert count_records() == recorded, f"a refused act, {act}, is on record"
        else:
            self.done.append(act)
            assert act == "look" or count_records() > recorded, f"{act} is not on record"

    def prove(self):
        rows = self.kind.model.objects.exclude(pk__in=self.before)
        assert not self.gone & set(rows.values_list("pk", flat=True))
        for held in rows if self.words else ():
            for language in LANGUAGES:
                if held.words_in(language):
                    by, seen = self.confirmed[held.pk, language]
                    assert by not in self.translators.get((held.pk, language), ()), "confirmed what they wrote"
                    assert seen == self.hash_words(held, language), "shows other words than were confirmed"


def count_records():
    return AuditEntry.objects.count() + LedgerEntry.objects.count()


def publish_results_of(world, officer, colleague):
    """A member check is asked beside public results."""
    draft = begin_results(release=world.release, by=officer, today=DAY)
    words = {"heard": "It is dark.", "heard_easy": "It is dark.", "next": "", "themes": {}}
    publish_results(write_results(draft, by=officer, words=words), by=colleague, today=DAY)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_over_random_histories(kind, seed, world, people, officer, colleague):
    if kind is CheckKind:
        publish_results_of(world, officer, colleague)
    history = History(kind(), world, people, seed)
    for number in range(300):
        if number > 60 and set(history.done) == set(history.kind.acts):
            break
        history.step()
        history.prove()
    assert set(history.done) == set(history.kind.acts), "a history in which everything happened"
    assert list_ledger_problems() == []
    drafts = [held for held in kind.model.objects.all() if held.is_draft]
    assert sorted(sorted(task.but_not) for task in list_second_person_tasks(DAY)) == sorted(
        sorted(person.pk for person in history.writers[held.pk] | history.approvers.get(held.pk, set()))
        for held in drafts
    ), "each draft waits for whoever wrote none of it, and has not agreed yet"
