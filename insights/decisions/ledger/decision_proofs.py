"""Proofs: decisions, citations, quotes and progress notes still match what the ledger recorded."""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from insights.decisions.ledger_entries import (
    hash_canonical,
    hash_decision_content,
    hash_note_metadata,
    hash_translations,
    list_differing_keys,
    publication_entry_data,
)
from insights.decisions.models import Citation, Decision, FigureCitation, LedgerEntry, ProgressNote, QuoteKey
from insights.releases.models import Quote

CONTENT_VERBS = ("recorded", "changed", "published")
FIGURE_FIELDS = ("release", "question", "row", "bearing", "seen")
CitationKey = tuple[str, int, str, int | None, str, str]


def list_decision_problems(entries: list[LedgerEntry]) -> Iterator[str]:
    """All problems, each in plain words. `entries`: of the whole ledger, oldest first."""
    for prove in PROOFS:
        yield from prove(entries)


def prove_decisions(entries: list[LedgerEntry]) -> Iterator[str]:
    last = {entry.decision: entry for entry in entries if entry.verb in CONTENT_VERBS}
    acts: dict[str, dict[str, LedgerEntry]] = defaultdict(dict)
    for entry in entries:
        acts[entry.decision][entry.verb] = entry
    known = set()
    for decision in Decision.objects.order_by("pk").prefetch_related("consultations", "options", "measures"):
        known.add(decision.slug)
        if decision.slug not in last:
            yield f"Decision “{decision.slug}” has no ledger entry."
            continue
        entry = last[decision.slug]
        if entry.data["content"] != hash_decision_content(decision):
            yield f"Decision “{decision.slug}” no longer says what ledger entry {entry.seq} recorded."
        if entry.data.get("published", publication_entry_data(decision)) != publication_entry_data(decision):
            yield (
                f"Decision “{decision.slug}” was published on another day, or by someone else, than ledger entry "
                f"{entry.seq} recorded."
            )
        # The creator and the publisher are the actors of their entries, older entries included.
        for verb, person in (("recorded", decision.created_by_id), ("published", decision.published_by_id)):
            act = acts[decision.slug].get(verb)
            if act and act.actor and act.actor != str(person):
                yield f"Decision “{decision.slug}” was {verb} by someone else, as ledger entry {act.seq} has it."
    for slug in sorted(set(last) - known):
        yield f"Decision “{slug}” is in the ledger and no longer here."


def prove_translations(entries: list[LedgerEntry]) -> Iterator[str]:
    """Translations with their writers and confirmation. Older entries hold none."""
    last = {entry.decision: entry for entry in entries if "translations" in entry.data}
    for decision in Decision.objects.filter(slug__in=last).order_by("pk"):
        entry = last[decision.slug]
        for language in list_differing_keys(entry.data["translations"], hash_translations(decision)):
            yield f"Decision “{decision.slug}” has other words in {language} than ledger entry {entry.seq} recorded."


def prove_citations(entries: list[LedgerEntry]) -> Iterator[str]:
    """Citations with their frozen figures: none added or removed without an entry."""
    recorded: dict[CitationKey, int] = {}
    for entry in entries:
        if entry.verb == "cited":
            recorded[_citation_of_entry(entry)] = entry.seq
        elif entry.verb == "citation removed":
            gone = (entry.decision, entry.data["release"], entry.data["theme"], entry.data.get("quote"))
            recorded = {cited: seq for cited, seq in recorded.items() if cited[:4] != gone}
    rows = Citation.objects.order_by("pk").values_list(
        "decision__slug", "release_id", "theme__slug", "quote_id", "bearing", "seen"
    )
    standing: set[CitationKey] = {
        (slug, release, theme, quote, bearing, _dump_sorted(seen))
        for slug, release, theme, quote, bearing, seen in rows
    }
    for cited in sorted(standing - recorded.keys(), key=str):
        yield f"Decision “{cited[0]}” cites {_describe_citation(cited)}, as no ledger entry recorded."
    for cited in recorded.keys() - standing:
        about = _describe_citation(cited)
        yield f"Decision “{cited[0]}” no longer cites {about}, as ledger entry {recorded[cited]} recorded."


def prove_figures(entries: list[LedgerEntry]) -> Iterator[str]:
    """Cited figures with their frozen numbers."""
    recorded = {}
    for entry in entries:
        if entry.verb == "cited figure":
            recorded[entry.data["citation"]] = entry
        elif entry.verb == "figure removed":
            recorded.pop(entry.data["citation"], None)
    for cited in FigureCitation.objects.order_by("pk").select_related("decision"):
        found = recorded.pop(cited.pk, None)
        now = (cited.release_id, cited.question, cited.row, cited.bearing, cited.seen)  # as FIGURE_FIELDS
        if found is None:
            yield f"Decision “{cited.decision.slug}” cites figure {cited.pk}, as no ledger entry recorded."
        elif cited.decision.slug != found.decision or any(
            _dump_sorted(value) != _dump_sorted(found.data[name])
            for name, value in zip(FIGURE_FIELDS, now, strict=True)
        ):
            yield f"A figure of “{cited.decision.slug}” no longer shows what ledger entry {found.seq} recorded."
    for entry in recorded.values():
        yield f"Decision “{entry.decision}” no longer cites the figure that ledger entry {entry.seq} recorded."


def prove_sources(entries: list[LedgerEntry]) -> Iterator[str]:
    """The source of each citation: codebook version and question, or figure and published version. Older entries hold
    none."""
    themes = {_citation_of_entry(entry)[:4]: entry for entry in entries if entry.verb == "cited"}
    figures = {entry.data["citation"]: entry for entry in entries if entry.verb == "cited figure"}
    for one in Citation.objects.order_by("pk").select_related("decision", "theme"):
        entry = themes.get((one.decision.slug, one.release_id, one.theme.slug, one.quote_id))
        yield from _prove_source(one, entry, codebook=one.codebook_version_id, asked=one.question)
    for cited in FigureCitation.objects.order_by("pk").select_related("decision"):
        yield from _prove_source(cited, figures.get(cited.pk), figure=cited.figure_id, version=cited.version_id)


def _prove_source(cited: Any, entry: LedgerEntry | None, **now: Any) -> Iterator[str]:
    if entry and any(entry.data.get(name, value) != value for name, value in now.items()):
        yield f"A citation of “{cited.decision.slug}” has another source than ledger entry {entry.seq} recorded."


def _citation_of_entry(entry: LedgerEntry) -> CitationKey:
    data = entry.data
    named = data["release"], data["theme"], data.get("quote"), data["bearing"]
    return entry.decision, *named, _dump_sorted(data["seen"])


def _dump_sorted(seen: Any) -> str:
    return json.dumps(seen, sort_keys=True)


def _describe_citation(cited: CitationKey) -> str:
    quote = f", quote {cited[3]}" if cited[3] else ""
    return f"theme “{cited[2]}” of release {cited[1]}{quote}"


def prove_quotes(entries: list[LedgerEntry]) -> Iterator[str]:
    """Quotes match their fingerprints; a quote without a key must be erased."""
    keys = {key.quote_id: bytes(key.key) for key in QuoteKey.objects.all()}
    cited = [entry for entry in entries if entry.verb == "cited" and entry.data.get("quote")]
    told = {entry.data["quote"] for entry in entries if entry.verb == "words taken back"}
    found = Quote.objects.in_bulk({entry.data["quote"] for entry in cited})
    for entry in cited:
        quote, key = found.get(entry.data["quote"]), keys.get(entry.data["quote"])
        if said := _describe_quote_problem(quote, key, entry.data["fingerprint"], entry.data["quote"] in told):
            yield f"Quote {entry.data['quote']} {said} (ledger entry {entry.seq})."


def _describe_quote_problem(quote: Quote | None, key: bytes | None, fingerprint: str, taken_back: bool) -> str:
    if quote is None:
        return "is in the ledger and no longer here"
    if taken_back and not quote.erased:
        return "was taken back, and has words again"
    if key is None:
        return "" if quote.erased else "has words, and nothing can say any more whether they are the ones"
    now = hmac.new(key, quote.text.encode(), hashlib.sha256).hexdigest()
    return "" if hmac.compare_digest(now, fingerprint) else "no longer says what was recorded"


def prove_notes(entries: list[LedgerEntry]) -> Iterator[str]:
    """Progress notes, those on amendments included."""
    recorded = {entry.data["note"]: entry for entry in entries if "note" in entry.data and "words" in entry.data}
    standing = {note.pk: note for note in ProgressNote.objects.filter(pk__in=recorded).select_related("decision")}
    spoken: dict[int, tuple[str, int]] = {}  # {note: (latest hash of its words in every language, entry number)}
    for entry in entries:
        if "spoken" in entry.data:
            spoken[entry.data["note"]] = entry.data["spoken"], entry.seq
        spoken |= {int(pk): (said, entry.seq) for pk, said in entry.data.get("notes", {}).items()}
    for pk, entry in recorded.items():
        note = standing.get(pk)
        said = hashlib.sha256(note.words.get("en", "").encode()).hexdigest() if note else ""
        if note is None:
            yield f"A note of “{entry.decision}” is in the ledger (entry {entry.seq}) and no longer here."
        elif said != entry.data["words"]:
            yield f"A note of “{entry.decision}” no longer says what ledger entry {entry.seq} recorded."
        else:
            yield from _prove_note_metadata(note, entry, spoken.get(pk))
    for note in ProgressNote.objects.exclude(pk__in=recorded).select_related("decision"):
        yield f"A note of “{note.decision.slug}” on {note.day} is in no ledger entry."


def _prove_note_metadata(note: ProgressNote, entry: LedgerEntry, spoken: tuple[str, int] | None) -> Iterator[str]:
    """A note's day, progress, writer and translations. Older entries hold the English alone."""
    if entry.data.get("told", hash_note_metadata(note)) != hash_note_metadata(note):
        yield f"A note of “{entry.decision}” has another day, state or writer than ledger entry {entry.seq} recorded."
    if spoken and spoken[0] != hash_canonical(note.words):
        yield f"A note of “{entry.decision}” has other words in another language than ledger entry {spoken[1]} recorded."


PROOFS = (
    prove_decisions,
    prove_translations,
    prove_citations,
    prove_figures,
    prove_sources,
    prove_quotes,
    prove_notes,
)
