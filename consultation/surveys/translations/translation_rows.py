"""Loads each string of a page with its translation and state in one language, without writing anything."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from consultation.surveys.translated_strings import readable_paths, string_digest
from consultation.surveys.translations import policies
from consultation.surveys.translations.models import LanguageCheck, StringVerdict
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.source_strings import (
    SourceString,
    current_source_page,
    list_source_strings,
    list_upcoming_strings,
    to_plain_text,
)
from consultation.surveys.translations.translation_faults import list_faults

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


@dataclass(frozen=True)
class TranslationRow:
    """One string in one language. `older`: the translation of a former source; `was`: the text approved last.

    `held`: the live, approved text that people read until a newer text is approved.
    """

    source: SourceString
    text: str = ""
    machine: bool = False
    by: int | None = None
    state: StringState = StringState.EMPTY
    note: str = ""
    older: tuple[str, str] = ("", "")  # (source, translation)
    was: str = ""
    held: str = ""

    @property
    def approved(self):
        """The row with the approved text; None if there is none."""
        if self.state == StringState.RIGHT:
            return self
        return replace(self, text=self.held, held="", state=StringState.RIGHT) if self.held else None

    @property
    def path(self):
        return self.source.path

    @cached_property
    def digest(self):
        return string_digest(self.source.path, self.source.text, self.text)

    @cached_property
    def faults(self):
        """Faults of texts saved elsewhere, such as in wagtail-localize's editor: they cannot be approved."""
        source = self.source
        return list_faults(source.text, self.text, limit=source.limit, rich=source.rich) if self.text else []

    @property
    def place(self):
        """Identifies the string in URLs, because a path may hold several strings."""
        return string_digest(self.source.path, self.source.text, "")[:16]


@dataclass(frozen=True)
class RemovedString:
    """A translation whose question, choice or field was removed; it returns with its source."""

    path: str
    source: str
    text: str


@dataclass
class PageTranslation:
    page: Page
    language: str
    rows: list[TranslationRow]
    gone: list[RemovedString]
    check: LanguageCheck | None
    target: Page | None
    begun: bool
    ahead: list[TranslationRow] = field(default_factory=list)  # strings of the unpublished draft
    counts: Counter = field(init=False)

    def __post_init__(self):
        self.counts = Counter(row.state for row in self.rows)

    @property
    def live(self):
        return bool(self.target and self.target.live)

    @property
    def is_written_separately(self):
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
        return self.counts[StringState.WAITING] + sum(row.state == StringState.WAITING for row in self.ahead)

    @property
    def approved(self):
        """Whether any approval can be withdrawn."""
        return any(row.approved for row in self.rows)

    @property
    def count_to_check(self):
        """The number of strings that the checker has to judge, those sent back included."""
        return self.waiting + sum(row.state == StringState.BACK for row in self.all)

    @property
    def right(self):
        return self.counts[StringState.RIGHT]

    @property
    def readable(self):
        """The rows that would go live now; a rich text goes live as a whole."""
        paths = {row.path for row in self.rows}
        right = paths - {row.path for row in self.rows if not row.approved}
        whole = readable_paths(paths, right)
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
        if self.is_written_separately:
            return "Live, from a page of its own" if self.live else "On a page of its own, not live"
        return policies.describe_language_state(
            total=len(self.rows),
            said=self.said,
            right=self.right,
            behind=self.counts[StringState.BEHIND],
            back=self.counts[StringState.BACK],
            live=self.live,
            begun=self.begun,
            waits=bool(self.check and self.check.waits),
            checked=bool(self.check and self.check.governs),
        )

    def at(self, place):
        return next((row for row in self.all if row.place == place), None)


def load_page_translation(page, language, found=None, ahead=None):
    """Load a page in one language. `found`, `ahead`: the current and upcoming source strings, if already loaded."""
    written = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale__language_code=language
    ).select_related("context", "translation_of")
    # Of two translations of a path, the one written last stands at the end.
    stored = {(one.context.path, one.translation_of.data): one for one in written.order_by("updated_at", "pk")}
    verdicts = list(StringVerdict.objects.on(page, language))
    found = list_source_strings(current_source_page(page)) if found is None else found
    ahead = list_upcoming_strings(page, found) if ahead is None else ahead
    coming = {(source.path, source.stored) for source in ahead}
    now = {(source.path, source.stored) for source in found} | coming
    older = {path: one for (path, data), one in stored.items() if (path, data) not in now}
    before = {path: one for (path, data), one in stored.items() if (path, data) not in coming}
    paths = {source.path for source in [*found, *ahead]}
    said = {one.digest: one for one in verdicts}
    last = {one.path: one for one in verdicts if one.right}
    target = page.get_translations().filter(locale__language_code=language).first()
    rows = [_build_row(source, stored.get((source.path, source.stored)), older, said, last) for source in found]
    return PageTranslation(
        page,
        language,
        _add_read_words(rows, {(one.path, one.source, one.text) for one in verdicts if one.right}, target),
        [RemovedString(path, *_build_pair(one)) for path, one in older.items() if path not in paths],
        LanguageCheck.objects.filter(page=page.pk, language=language).select_related("checker", "sent_by").first(),
        target,
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale__language_code=language
        ).exists(),
        [_build_row(source, stored.get((source.path, source.stored)), before, said, last) for source in ahead],
    )


def _build_row(source, one, older, said, last):
    text = to_plain_text(StringValue(one.data), source.rich) if one else ""
    before = older.get(source.path) if not one else None
    verdict = said.get(string_digest(source.path, source.text, text)) if text else None
    state = policies.classify_string(text, before is not None, verdict.right if verdict else None)
    right = last.get(source.path)
    return TranslationRow(
        source,
        text,
        bool(one and one.translation_type == MACHINE),
        one.last_translated_by_id if one else None,
        state,
        verdict.note if verdict and not verdict.right else "",
        _build_pair(before) if before else ("", ""),
        right.text if right and right.text != text and not source.rich else "",
    )


def _add_read_words(rows, right, target):
    """Add the live text to rows that await a check. Only these are looked up; rich text goes live as a whole."""
    approved = {(path, source) for path, source, _ in right}
    waits = {
        row.path
        for row in rows
        if row.state != StringState.RIGHT and not row.source.rich and (row.path, row.source.text) in approved
    }
    if not waits or not target or not target.live:
        return rows
    live = {source.path: source.text for source in list_source_strings(target.specific)}
    return [
        replace(row, held=live[row.path])
        if row.path in waits and (row.path, row.source.text, live.get(row.path)) in right
        else row
        for row in rows
    ]


def _build_pair(one):
    return to_plain_text(one.translation_of.as_value()), to_plain_text(StringValue(one.data))


def group_by_question(rows):
    """[(question or part, [row])]."""
    found = defaultdict(list)
    for row in rows:
        found[row.source.where.partition(",")[0]].append(row)
    return list(found.items())
