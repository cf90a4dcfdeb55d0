"""Coding, proposals, undo, withdrawal, codebook acts and approvals in any order: every count stays consistent."""

import random
import uuid

import pytest
from django.core.exceptions import ValidationError

from insights.coding.codebooks.actions import begin_draft, open_draft_of, set_aside_draft
from insights.coding.codebooks.editing.actions import (
    add_theme,
    change_theme,
    merge_theme,
    move_theme,
    retire_theme,
    split_theme,
    undo_theme_act,
)
from insights.coding.codebooks.models import Recoding
from insights.coding.codebooks.theme_entry_rows import row_of_entry
from insights.coding.counted_codes import current_codes_by_theme
from insights.coding.desk.actions import confirm_codes, undo_confirmed_codes
from insights.coding.models import Code, CodeSource, CodingStatus, Theme
from insights.coding.theme_hierarchy import find_hierarchy_problems, map_sub_themes
from insights.corpus.actions import forget_respondent
from insights.corpus.models import Text
from insights.releases.people import people_by_theme

pytestmark = pytest.mark.any_database


class Walk:
    """Random acts in any order: people code, undo, withdraw; officers merge, split, move, retire, add, undo and
    approve."""

    def __init__(self, seed, book, page, make_text, officer, both):
        self.chance, self.book, self.page = random.Random(seed), book, page
        self.text, self.officer, self.both = make_text, officer, both
        self.people = [uuid.UUID(int=n + 1) for n in range(6)]
        self.kept, self.recoded = set(), 0

    def step(self):
        getattr(self, self.chance.choice(["code", "code", "code", "machine", "undo_code", "withdraw", *["act"] * 5]))()

    def some_text(self):
        return self.chance.choice(list(Text.objects.order_by("pk")) or [self.text(of=self.people[0])])

    def themes(self, most):
        known = list(Theme.objects.filter(entries__version=self.book.current).order_by("pk"))
        return self.chance.sample(known, min(len(known), self.chance.randint(0, most)))

    def code(self):
        if Text.objects.count() < 10:
            self.text(of=self.chance.choice(self.people))
        confirm_codes(text=self.some_text(), themes=self.themes(3), by=self.officer)

    def machine(self):
        text = self.some_text()
        for theme in self.themes(2):
            Code.objects.get_or_create(
                text=text,
                theme=theme,
                source=CodeSource.MODEL,
                defaults={"version": self.book.current, "confidence": 0.9},
            )

    def undo_code(self):
        undo_confirmed_codes(text=self.some_text(), by=self.officer)

    def withdraw(self):
        forget_respondent(self.chance.choice(self.people))

    def act(self):
        draft = open_draft_of(self.book) or begin_draft(codebook=self.book, by=self.officer)
        entries = list(draft.entries.order_by("pk"))
        kind = self.chance.choice(
            ["merge", "split", "move", "under", "under", "retire", "add", "undo", "approve", "approve", "aside"]
        )
        if kind == "approve":
            self.approve(draft)
        elif kind == "aside":
            set_aside_draft(version=draft, by=self.officer)
        elif kind == "undo":
            self.undo_an_act(draft)
        elif kind == "add" or len(entries) < 3:
            add_theme(version=draft, row={"label": f"New {self.chance.random()}"}, by=self.officer)
        else:
            self.change(kind, *self.chance.sample(entries, 2))

    def change(self, kind, entry, other):
        if kind == "merge":
            merge_theme(entry=entry, into=other, why="w", by=self.officer)
        elif kind == "split":
            parts = [{"label": f"Part {self.chance.random()}"} for _ in range(2)]
            split_theme(entry=entry, parts=parts, why="w", by=self.officer)
        elif kind == "move":
            self.move(entry)
        elif kind == "under":
            self.put_under(entry, other)
        else:
            retire_theme(entry=entry, why="w", by=self.officer)

    def move(self, entry):
        try:
            move_theme(entry=entry, family=f"F{self.chance.random()}", why="w", by=self.officer)
        except ValidationError:
            assert entry.parent

    def put_under(self, entry, other):
        row = row_of_entry(entry) | {"parent": other.theme.slug}
        try:
            change_theme(entry=entry, row=row, by=self.officer)
        except ValidationError:
            assert other.parent or entry.version.entries.filter(parent=entry.theme.slug).exists()

    def undo_an_act(self, draft):
        last = draft.acts.last()
        if last is not None:
            undo_theme_act(act=last, by=self.officer)

    def approve(self, draft):
        before = set(Code.objects.by_people().values_list("text_id", "theme_id", "coder_id"))
        self.both(draft)
        after = set(Code.objects.by_people().values_list("text_id", "theme_id", "coder_id"))
        noted = set(Recoding.objects.filter(version=draft).values_list("text_id", "theme_id", "coder_id"))
        assert before - after == noted
        self.recoded += len(noted)
        into = {
            (text, theme) for text, became in Recoding.objects.filter(version=draft, kind="merge").values_list(
                "text_id", "became"
            ) for theme in became
        }  # fmt: skip
        assert {(text, theme) for text, theme, _ in after - before} <= into

    def check(self):
        for version in (self.book.current, open_draft_of(self.book)):
            rows = {one.theme.slug: row_of_entry(one) for one in version.entries.all()} if version else {}
            assert not list(find_hierarchy_problems(rows))
        in_force = set(self.book.current.entries.values_list("theme_id", flat=True))
        assert set(Code.objects.values_list("theme_id", flat=True)) <= in_force
        alive = dict(Text.objects.values_list("pk", "respondent"))
        standing, coded = (
            current_codes_by_theme(self.page),
            set(CodingStatus.objects.values_list("text_id", flat=True)),
        )
        for theme, texts in standing.items():
            assert texts.items() <= alive.items()
            assert people_by_theme(self.page)[theme] == set(texts.values())
        asking = set(Code.objects.filter(source=CodeSource.RULE).values_list("text_id", flat=True))
        assert asking <= coded
        by_people = set(Code.objects.by_people().values_list("text_id", "theme_id"))
        assert {text for text, _ in by_people} <= coded
        above = map_sub_themes(self.book.current)
        by_people |= {(text, above[theme]) for text, theme in by_people if theme in above}
        assert {(t, theme) for theme, texts in standing.items() for t in texts if t in coded} == by_people
        now = set(Recoding.objects.values_list("pk", "text_id"))
        assert {row for row in self.kept if row[1] in alive} <= now
        self.kept = now


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.slow
def test_in_any_order_every_count_stays_consistent(seed, book, parks, text, officer, both):
    walk = Walk(seed, book, parks[0], text, officer, both)
    for number in range(300):  # keys are random, and with them which answer an act recodes
        walk.step()
        walk.check()
        if number >= 60 and walk.recoded:
            break
    assert walk.recoded
    assert book.versions.count() > 2
