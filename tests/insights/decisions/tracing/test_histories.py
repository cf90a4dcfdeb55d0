"""After random histories of amendments, withdrawals, recodings, merges and successors, the trace agrees in both
directions and the ledger verifies."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.responses.signals import text_recalled
from insights.coding.codebooks.models import ThemeAct
from insights.coding.models import CodebookVersion, Theme
from insights.decisions.actions import change_decision, cite_theme, publish_decision, record_decision, remove_citation
from insights.decisions.evidence.actions import cite_figure
from insights.decisions.ledger.actions import sign_head
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Citation, Decision, DecisionStatus, FigureCitation
from insights.decisions.progress.actions import note_progress
from insights.decisions.tracing import trace_paths, trace_starts
from insights.decisions.translations.actions import translate_decision
from insights.releases.models import Quote, Release
from tests.insights.decisions import frozen_releases
from tests.insights.decisions.conftest import said

VERBS = (
    "record",
    "cite",
    "quote",
    "figure",
    "remove",
    "publish",
    "amend",
    "withdraw",
    "recode",
    "merge",
    "follow",
    "translate",
    "tell",
    "sign",
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(0, 5)), min_size=4, max_size=14)


class World:
    """The world of a history. Each verb takes two numbers, which select from the existing objects."""

    def __init__(self, version, codebook, writer, publisher):
        self.version, self.codebook, self.writer, self.publisher = version, codebook, writer, publisher
        self.day = date(2026, 12, 1)
        self.recode(0, 0)

    def pick(self, rows, number):
        rows = list(rows.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def record(self, a, b):
        slug = f"decision-{Decision.objects.count()}"
        consultations = [self.version.page] if a % 2 else []
        record_decision(
            by=self.writer, consultations=consultations, agency=("", "The council")[b % 2], **said(slug=slug)
        )

    def _draft(self, number):
        return self.pick(Decision.objects.filter(status=DecisionStatus.DRAFT), number)

    def cite(self, a, b):
        release, draft = self.pick(Release.objects.all(), b), self._draft(a)
        theme = self.pick(Theme.objects.filter(entries__version=release.codebook_version).distinct(), b)
        if draft and theme:
            cite_theme(
                decision=draft, by=self.writer, release=release, theme=theme, bearing=("supports", "challenges")[a % 2]
            )

    def quote(self, a, b):
        draft, quote = self._draft(a), self.pick(Quote.objects.filter(erased=False), b)
        if draft and quote:
            cite_theme(decision=draft, by=self.writer, release=quote.release, theme=quote.theme, quote=quote)

    def figure(self, a, b):
        draft, release = self._draft(a), self.pick(Release.objects.all(), b)
        if draft:
            cite_figure(decision=draft, by=self.writer, figure=release.figures.get(kind="question"), row="1")

    def remove(self, a, b):
        if found := self.pick(Citation.objects.filter(decision__status=DecisionStatus.DRAFT), a):
            remove_citation(citation=found, by=self.writer)

    def publish(self, a, b):
        if draft := self._draft(a):
            publish_decision(decision=draft, by=self.publisher)

    def amend(self, a, b):
        if found := self.pick(Decision.objects.all(), a):
            by = self.publisher if found.is_public else self.writer
            change_decision(decision=found, by=by, we_did=f"We will do {b} things.", why="We looked again.")

    def withdraw(self, a, b):
        if quote := self.pick(Quote.objects.filter(source_text__isnull=False), a):
            text_recalled.send(sender=None, answer=quote.source_text_id)

    def recode(self, a, b):
        """Another release after recoding: words may have other themes."""
        slugs = sorted(self.codebook.entries.values_list("theme__slug", flat=True))
        number = Release.objects.count() + 1
        words = [(slugs[(a + n) % len(slugs)], ("q-c", "q-d")[n % 2], f"Words {number} {n}.") for n in range(3)]
        people = {slug: 30 + 5 * n for n, slug in enumerate(slugs)}
        frozen_releases.make_release(self.version, self.codebook, people, words, number=number)

    def merge(self, a, b):
        slugs = sorted(self.codebook.entries.values_list("theme__slug", flat=True))
        if len(slugs) > 1:
            self.codebook = frozen_releases.merge(self.codebook, slugs[a % len(slugs)], slugs[(a + 1) % len(slugs)])

    def follow(self, a, b):
        earlier = self.pick(Decision.objects.published(), a)
        if earlier and not earlier.followed_by.exists():
            slug = f"decision-{Decision.objects.count()}"
            more = said(slug=slug, follows=earlier, follows_how=("replaces", "amends")[b % 2])
            record_decision(by=self.writer, consultations=[self.version.page], **more)

    def translate(self, a, b):
        if found := self.pick(Decision.objects.all(), a):
            by = self.publisher if found.is_public else self.writer
            notes = {note.pk: f"Wort {b}" for note in found.progress_notes.all()[:1]}
            translate_decision(
                found, by=by, language=("ur", "pl")[b % 2], words={"title": f"Wort {b}", "notes": notes}
            )

    def tell(self, a, b):
        if found := self.pick(Decision.objects.published(), a):
            note_progress(decision=found, by=self.publisher, progress="done", words=f"{b} things are done.")

    def sign(self, a, b):
        self.day += timedelta(days=1)
        sign_head(self.day)


def evidence_of(pk):
    """The evidence of a decision and of its predecessors, from the rows alone."""
    found, decision = defaultdict(set), Decision.objects.get(pk=pk)
    while decision is not None:
        for cited in decision.citations.select_related("release"):
            found["theme"] |= {cited.theme_id, *_heirs(cited.theme_id)}
            found["consultation"].add(cited.release.consultation_id)
            shown = Quote.objects.filter(release=cited.release, theme=cited.theme)
            found["words"] |= set(shown.values_list("pk", flat=True))
            told = shown.filter(featured=True, erased=False) | shown.filter(pk=cited.quote_id)
            found["question"] |= set(told.values_list("question", flat=True))
        for cited in FigureCitation.objects.filter(decision=decision).select_related("release"):
            found["question"].add(cited.question)
            found["consultation"].add(cited.release.consultation_id)
        found["consultation"] |= set(decision.consultations.values_list("pk", flat=True))
        decision = decision.follows
    return found


def _heirs(theme):
    acts = ThemeAct.objects.filter(theme=theme, kind="merge")
    return {pk for act in acts for into in act.into.all() for pk in (into.pk, *_heirs_once(into.pk, {theme}))}


def _heirs_once(theme, seen):
    found = set()
    for act in ThemeAct.objects.filter(theme=theme, kind="merge"):
        for into in act.into.exclude(pk__in=seen):
            found |= {into.pk} | _heirs_once(into.pk, seen | {theme})
    return found


def reached(start, reader):
    """{decisions on the threads through this start}."""
    ids = list(start.decisions.values_list("pk", flat=True))
    rows = trace_paths.fetch_trace_rows(ids, reader, start.evidence, start.figures, start.words, start.unfeatured)
    slugs = {
        node.key
        for thread in trace_paths.build_trace_paths(rows, ids)
        if any(start.at(node) for node in thread.nodes)
        for node in thread.nodes
        if node.kind == "decision"
    }
    return set(Decision.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def check(world):
    assert list_ledger_problems() == []
    voices = {("theme", str(theme.pk)): theme.pk for theme in Theme.objects.all()}
    voices |= {("words", str(quote.pk)): quote.pk for quote in Quote.objects.all()}
    voices |= {("question", f"parks/{asked}"): asked for asked in ("q-a", "q-c", "q-d")}
    voices[("consultation", "parks")] = world.version.page_id
    told = {pk: evidence_of(pk) for pk in Decision.objects.values_list("pk", flat=True)}
    for (kind, key), value in voices.items():
        start = trace_starts.find_trace_start(kind, key, world.writer)
        assert reached(start, world.writer) == {pk for pk, found in told.items() if value in found[kind]}, (kind, key)
    for pk in told:
        start = trace_starts.find_trace_start("decision", Decision.objects.get(pk=pk).slug, world.writer)
        ids = trace_paths.list_earlier_decisions(pk)
        spun = [
            one
            for one in trace_paths.build_trace_paths(trace_paths.fetch_trace_rows(ids, world.writer), ids)
            if any(map(start.at, one.nodes))
        ]
        below = {(node.kind, node.key) for one in spun for node in one.nodes}
        assert {int(key.partition("-")[0]) for kind, key in below if kind == "theme" and key[0] != "f"} <= told[pk][
            "theme"
        ]
        assert {key.split("/")[1] for kind, key in below if kind == "question"} == told[pk]["question"]


@pytest.fixture
def ground(parks, codebook, planner, colleague):
    return parks[1], CodebookVersion.objects.get(pk=codebook.pk), planner, colleague


LIFE = [
    ("cite", 0, 1), ("quote", 0, 1), ("quote", 0, 2), ("figure", 0, 0), ("translate", 0, 0), ("publish", 0, 0),
    ("amend", 0, 3),
    ("tell", 0, 2), ("translate", 0, 1), ("recode", 1, 1), ("merge", 2, 0), ("withdraw", 1, 0), ("record", 1, 0),
    ("cite", 0, 2), ("follow", 0, 0), ("publish", 0, 0), ("publish", 0, 0), ("sign", 0, 0),
]  # fmt: skip


@pytest.mark.slow
def test_a_life_in_which_everything_happens_agrees_too(ground):
    """The histories are random: that each of the five befell what is traced is certain here."""
    world = World(*ground)
    for verb, a, b in [("record", 1, 1), *LIFE]:
        getattr(world, verb)(a, b)
    first = Decision.objects.get(slug="decision-0")
    assert first.we_did == "We will do 3 things." and first.followed_by.published().count() == 1, "amended, followed"
    assert first.citations.filter(quote__erased=True).exists(), "withdrawn"
    assert Release.objects.count() == 2 and ThemeAct.objects.filter(kind="merge").exists(), "recoded, merged"
    check(world)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@pytest.mark.slow
def test_forward_and_backward_agree_and_the_chain_verifies(ground, steps):
    with transaction.atomic():
        world = World(*ground)
        for verb, a, b in [("record", 1, 1), *steps]:
            try:
                with transaction.atomic():
                    getattr(world, verb)(a, b)
            except ValidationError:
                continue  # cited already: the verb said no, and nothing happened
        check(world)
        transaction.set_rollback(True)
