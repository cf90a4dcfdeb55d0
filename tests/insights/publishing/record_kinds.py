"""Each kind of record that goes public by the shared lifecycle: how a test makes a draft, writes in it and translates it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from insights.coding.models import Theme
from insights.commitments import actions as commitments
from insights.commitments.models import Commitment, CommitmentNote
from insights.decisions import actions as decisions
from insights.decisions.models import Decision
from insights.decisions.outcomes import actions as outcomes
from insights.decisions.outcomes import change_polls
from insights.decisions.outcomes.models import ChangePoll, OutcomeUpdate
from insights.decisions.translations.actions import WORDS
from insights.publications import actions as results
from insights.publications.member_checks import actions as checks
from insights.publications.member_checks.models import Check
from insights.publications.models import Results
from insights.publishing.lifecycle import Lifecycle
from insights.publishing.translated_words import TranslatedWords
from insights.releases.actions import RELEASES
from insights.releases.minority_views import actions as minority_views
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Release
from tests.insights.commitments.conftest import said as promised
from tests.insights.conftest import OFFICER, staff
from tests.insights.decisions.conftest import said as decided

DAY = date(2026, 11, 25)
DAYS = {"opens": DAY, "closes": DAY + timedelta(days=14)}


@dataclass(frozen=True)
class World:
    release: Any
    decision: Any


class Kind:
    """`acts` of one kind of record, as often as a history draws them; its words are never the same twice."""

    acts: tuple[str, ...] = ("make", "look", "write", "write", "publish", "discard")
    model: Any
    lifecycle: Lifecycle
    translations: TranslatedWords | None = None

    def make(self, world: World, by: Any, words: str) -> Any: ...

    def write(self, held: Any, by: Any, words: str) -> Any: ...

    def translate(self, words: str) -> dict[str, Any]: ...


TRANSLATED = (*Kind.acts, "translate", "translate", "confirm", "confirm")


class ResultsKind(Kind):
    acts = TRANSLATED
    model, lifecycle, translations = Results, results.RESULTS, results.RESULTS

    def make(self, world, by, words):
        return self.write(results.begin_results(release=world.release, by=by, today=DAY), by, words)

    def write(self, held, by, words):
        return results.write_results(held, by=by, words=self.translate(words))

    def translate(self, words):
        return {"heard": words, "heard_easy": "It is dark.", "next": "", "themes": {}}


class CheckKind(Kind):
    """One for each theme of a release, so drafts must go for others to come."""

    acts = (*TRANSLATED, "discard", "discard")
    model, lifecycle, translations = Check, checks.CHECKS, checks.CHECKS

    def make(self, world, by, words):
        of = {"release": world.release, "theme": Theme.objects.get(slug="lights" if len(words) % 2 else "staff")}
        return checks.begin_member_check(**of, by=by, words=self.translate(words), **DAYS, today=DAY)

    def write(self, held, by, words):
        return checks.write_member_check(held, by=by, words=self.translate(words), **DAYS)

    def translate(self, words):
        return {"name": "Lights", "summary": words, "easy": ""}


class OutcomeKind(Kind):
    acts = TRANSLATED
    model, lifecycle, translations = OutcomeUpdate, outcomes.OUTCOMES, outcomes.OUTCOMES

    def make(self, world, by, words):
        return outcomes.draft_outcome(decision=world.decision, by=by, verdict="worked", words=self.translate(words))

    def write(self, held, by, words):
        return outcomes.change_outcome(held, by=by, verdict="partly", words=self.translate(words))

    def translate(self, words):
        return {"words": words, "easy": ""}


class PollKind(Kind):
    acts = ("make", "look", "publish", "discard")
    model, lifecycle = ChangePoll, change_polls.POLLS

    def make(self, world, by, words):
        opens = DAY + timedelta(days=40 * ChangePoll.objects.count())
        return change_polls.draft_poll(decision=world.decision, by=by, opens=opens, closes=opens + timedelta(days=30))


class CommitmentKind(Kind):
    model, lifecycle = Commitment, commitments.COMMITMENTS

    def make(self, world, by, words):
        return commitments.draft_commitment(kind="principle", by=by, **promised(what=words))

    def write(self, held, by, words):
        return commitments.change_commitment(commitment=held, by=by, **promised(what=words))


class NoteKind(Kind):
    acts = ("make", "look", "publish", "discard")
    model, lifecycle = CommitmentNote, commitments.NOTES

    def make(self, world, by, words):
        found = Commitment.objects.principles().published().first() or Commitment()
        if found.pk is None and by.has_perm(commitments.NOTES.may_write):
            found = self._publish_principle()
        return commitments.note_progress(commitment=found, by=by, progress="started", words=words)

    def _publish_principle(self):
        one, other = (staff(f"principle{n}@example.org", *OFFICER) for n in range(2))
        draft = commitments.draft_commitment(kind="principle", by=one, **promised())
        return commitments.publish_commitment(draft, by=other)


class DecisionKind(Kind):
    """A draft is kept for good: nobody discards it."""

    acts = tuple(act for act in TRANSLATED if act != "discard")
    model, lifecycle, translations = Decision, decisions.DECISIONS, WORDS

    def make(self, world, by, words):
        slug = f"decision-{Decision.objects.count()}"
        pages = world.decision.consultations.all()
        return decisions.record_decision(by=by, consultations=pages, **decided(slug=slug, you_said=words))

    def write(self, held, by, words):
        return decisions.change_decision(decision=held, by=by, you_said=words, why="We know more now.")

    def translate(self, words):
        return {"title": words}


class ReleaseKind(Kind):
    acts = ("make", "look", "publish", "discard")
    model, lifecycle = Release, RELEASES

    def make(self, world, by, words):
        of = {"consultation": world.release.consultation, "codebook_version": world.release.codebook_version}
        number = Release.objects.latest("number").number + 1
        made = Release.objects.create(**of, number=number, people=200, made_on=DAY, made_by=by)
        RELEASES.record("made", made, by)
        return made


class MinorityViewKind(Kind):
    """Two people approve it, and one of them may stop it."""

    acts = ("make", "look", "write", "write", "publish", "publish", "discard")
    model, lifecycle = MinorityVoice, minority_views.MINORITY_VIEWS

    def make(self, world, by, words):
        return minority_views.MINORITY_VIEWS.begin(
            MinorityVoice(
                release=world.release, theme=Theme.objects.get(slug="rare"), words=words, made_by=by, made_on=DAY
            ),
            by=by,
        )

    def write(self, held, by, words):
        return minority_views.write_minority_view(release=held.release, theme=held.theme, words=words, by=by)


KINDS = (
    ResultsKind,
    CheckKind,
    OutcomeKind,
    PollKind,
    CommitmentKind,
    NoteKind,
    DecisionKind,
    ReleaseKind,
    MinorityViewKind,
)
