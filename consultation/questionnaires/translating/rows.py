"""Loads each string of a page with its translation and state in one language, without writing anything."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from consultation.questionnaires.translating import policies
from consultation.questionnaires.translating.faults import faults
from consultation.questionnaires.translating.models import LanguageCheck, StringVerdict
from consultation.questionnaires.translating.policies import State
from consultation.questionnaires.translating.sources import Source, ahead_of, plain, source_now, sources

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


@dataclass(frozen=True)
class Row:
    """One string in one language. `older`: the translation of a former source; `was`: the text approved last.

    `held`: the live, approved text that people read until a newer text is approved.
    """

    source: Source
    text: str = ""
    machine: bool = False
    by: int | None = None
    state: State = State.EMPTY
    note: str = ""
    older: tuple[str, str] = ("", "")  # (source, translation)
    was: str = ""
    held: str = ""

    @property
    def approved(self):
        """The row with the approved text; None if there is none."""
        if self.state == State.RIGHT:
            return self
        return replace(self, text=self.held, held="", state=State.RIGHT) if self.held else None

    @property
    def path(self):
        return self.source.path

    @cached_property
    def digest(self):
        return policies.digest(self.source.path, self.source.text, self.text)

    @cached_property
    def faults(self):
        """Faults of texts saved elsewhere, such as in wagtail-localize's editor: they cannot be approved."""
        source = self.source
        return faults(source.text, self.text, limit=source.limit, rich=source.rich) if self.text else []

    @property
    def place(self):
        """Identifies the string in URLs, because a path may hold several strings."""
        return policies.digest(self.source.path, self.source.text, "")[:16]


@dataclass(frozen=True)
class Gone:
    """A translation whose question, choice or field was removed; it returns with its source."""

    path: str
    source: str
    text: str


@dataclass
class Words:
    """A page in one language."""

    page: Page
    language: str
    rows: list[Row]
    gone: list[Gone]
    check: LanguageCheck | None
    target: Page | None
    begun: bool
    ahead: list[Row] = field(default_factory=list)  # strings of the unpublished draft
    counts: Counter = field(init=False)

    def __post_init__(self):
        self.counts = Counter(row.state for row in self.rows)

    @property
    def live(self):
        return bool(self.target and self.target.live)

    @property
    def untaken(self):
        """Whether the translated page was written separately, so that its texts can be adopted."""
        return self.target is not None and not self.target.alias_of_id and not self.begun

    @property
    def said(self):
        return sum(bool(row.text) for row in self.rows)

    @property
    def machine(self):
        return sum(row.machine for row in self.rows if row.text)

    @property
    def waiting(self):
        return self.counts[State.WAITING] + sum(row.state == State.WAITING for row in self.ahead)

    @property
    def approved(self):
        """Whether any approval can be withdrawn."""
        return any(row.approved for row in self.rows)

    @property
    def unsettled(self):
        """The number of strings that the checker has to judge, those sent back included."""
        return self.waiting + sum(row.state == State.BACK for row in self.all)

    @property
    def right(self):
        return self.counts[State.RIGHT]

    @property
    def readable(self):
        """The rows that would go live now; a rich text goes live as a whole."""
        paths = {row.path for row in self.rows}
        right = paths - {row.path for row in self.rows if not row.approved}
        whole = policies.readable(paths, right)
        return [row.approved for row in self.rows if row.path in whole]

    @property
    def writers(self):
        """User ids of the writers of strings that await a check."""
        return {row.by for row in self.all if row.by and row.state in policies.OPEN}

    @property
    def all(self):
        """All strings that can be translated and checked."""
        return [*self.rows, *self.ahead]

    @property
    def state(self):
        if self.untaken:
            return "Live, from a page of its own" if self.live else "On a page of its own, not live"
        return policies.in_words(
            total=len(self.rows),
            said=self.said,
            right=self.right,
            behind=self.counts[State.BEHIND],
            back=self.counts[State.BACK],
            live=self.live,
            begun=self.begun,
            waits=bool(self.check and self.check.waits),
            checked=bool(self.check and self.check.governs),
        )

    def at(self, place):
        return next((row for row in self.all if row.place == place), None)


def words_of(page, language, found=None, ahead=None):
    """Load a page in one language. `found`, `ahead`: the current and upcoming source strings, if already loaded."""
    stored = _stored(page, language)
    verdicts = list(StringVerdict.objects.on(page, language))
    found = sources(source_now(page)) if found is None else found
    ahead = ahead_of(page, found) if ahead is None else ahead
    coming = {(source.path, source.stored) for source in ahead}
    now = {(source.path, source.stored) for source in found} | coming
    older = {path: one for (path, data), one in stored.items() if (path, data) not in now}
    before = {path: one for (path, data), one in stored.items() if (path, data) not in coming}
    paths = {source.path for source in [*found, *ahead]}
    said = {one.digest: one for one in verdicts}
    last = {one.path: one for one in verdicts if one.right}
    target = page.get_translations().filter(locale__language_code=language).first()
    rows = [_row(source, stored.get((source.path, source.stored)), older, said, last) for source in found]
    return Words(
        page,
        language,
        _with_held(rows, {(one.path, one.source, one.text) for one in verdicts if one.right}, target),
        [Gone(path, *_pair(one)) for path, one in older.items() if path not in paths],
        LanguageCheck.objects.filter(page=page.pk, language=language).select_related("checker", "sent_by").first(),
        target,
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale__language_code=language
        ).exists(),
        [_row(source, stored.get((source.path, source.stored)), before, said, last) for source in ahead],
    )


def _stored(page, language):
    """{(path, source): StringTranslation}, last written ones at the end."""
    found = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale__language_code=language
    ).select_related("context", "translation_of")
    return {(one.context.path, one.translation_of.data): one for one in found.order_by("updated_at", "pk")}


def _row(source, one, older, said, last):
    text = plain(StringValue(one.data), source.rich) if one else ""
    before = older.get(source.path) if not one else None
    verdict = said.get(policies.digest(source.path, source.text, text)) if text else None
    state = policies.state_of(text, before is not None, verdict.right if verdict else None)
    right = last.get(source.path)
    return Row(
        source,
        text,
        bool(one and one.translation_type == MACHINE),
        one.last_translated_by_id if one else None,
        state,
        verdict.note if verdict and not verdict.right else "",
        _pair(before) if before else ("", ""),
        right.text if right and right.text != text and not source.rich else "",
    )


def _with_held(rows, right, target):
    """Add the live text to rows that await a check. Only these are looked up; rich text goes live as a whole."""
    approved = {(path, source) for path, source, _ in right}
    waits = {
        row.path
        for row in rows
        if row.state != State.RIGHT and not row.source.rich and (row.path, row.source.text) in approved
    }
    if not waits or not target or not target.live:
        return rows
    live = {source.path: source.text for source in sources(target.specific)}
    return [
        replace(row, held=live[row.path])
        if row.path in waits and (row.path, row.source.text, live.get(row.path)) in right
        else row
        for row in rows
    ]


def _pair(one):
    return plain(one.translation_of.as_value()), plain(StringValue(one.data))


def together(rows):
    """[(question or part, [row])]."""
    found = defaultdict(list)
    for row in rows:
        found[row.source.where.partition(",")[0]].append(row)
    return list(found.items())
