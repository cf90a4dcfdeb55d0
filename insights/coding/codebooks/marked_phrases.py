"""Phrases that the codebook learns from the words that coders mark. They are proposed; a person takes them.

No phrase is proposed, taken or kept after a withdrawal that fewer than five people's answers hold.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consultation.audit.audit_log import record_event
from consultation.domain.personal_data_types import TAG
from insights.coding.codebooks.models import MarkedPhrase, PhraseOrigin, ThemeAct
from insights.coding.models import Code, ThemeEntry
from insights.coding.shared_phrases import holds_phrase, is_said_by_enough, split_phrase

MOST_WORDS = 5
LEAST_TIMES = 2
OWN_SHARE = 0.5  # least share of a phrase's marks that are for the theme
MOST_PROPOSED, MOST_TRIED = 12, 60
# A phrase neither begins nor ends with one of these.
SMALL_WORDS = frozenset(
    "a an the and or but so to of in on at by for from with as is are was were be been am it its it's this that these "
    "those there they them their we us our you your i i'm me my he she his her do does did have has had can will would "
    "if when what who how should could must need want like because where before after now people one just very really "
    "more some any all not no than then too about into up out get got".split()
)


@dataclass(frozen=True)
class ProposedPhrase:
    phrase: str
    times: int  # answers in which coders marked it for the theme


def propose_marked_phrases(entry: ThemeEntry) -> list[ProposedPhrase]:
    """The phrases that coders marked most often for a theme, without those that its own or a longer one hold."""
    told = [*entry.examples, *entry.keywords]
    marks, of_all = _count_marks(entry)
    own = {phrase: times for phrase, times in marks.items() if times >= max(LEAST_TIMES, OWN_SHARE * of_all[phrase])}
    ranked = sorted(own.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    found: list[ProposedPhrase] = []
    for phrase, times in ranked[:MOST_TRIED]:
        is_told = any(holds_phrase(one, phrase) for one in told)
        if len(found) < MOST_PROPOSED and not is_told and is_said_by_enough(phrase):
            found.append(ProposedPhrase(phrase, times))
            told.append(phrase)
    return found


def _count_marks(entry: ThemeEntry) -> tuple[Counter[str], Counter[str]]:
    """{phrase: answers in which it stands in words that a coder marked}: for the theme, and for any of the codebook."""
    marked: dict[Any, set[str]] = {}
    codes = Code.objects.by_people().filter(theme__codebook=entry.version.codebook_id).exclude(spans=[])
    for code in codes.select_related("text").iterator(chunk_size=2000):
        phrases = {one for start, end in code.spans for one in _list_phrases(code.text.text[start:end])}
        marked.setdefault((code.theme_id == entry.theme_id, code.text_id), set()).update(phrases)
    mine = Counter(phrase for (own, _), phrases in marked.items() if own for phrase in phrases)
    return mine, mine + Counter(phrase for (own, _), phrases in marked.items() if not own for phrase in phrases)


def _list_phrases(words: str) -> Iterator[str]:
    """Every run of one to MOST_WORDS words between tags, that begins and ends with a telling word."""
    for part in TAG.split(words):
        said = split_phrase(part or "")
        for start in range(len(said)):
            for end in range(start + 1, min(start + MOST_WORDS, len(said)) + 1):
                if not {said[start], said[end - 1]} & SMALL_WORDS and max(map(len, said[start:end])) > 2:
                    yield " ".join(said[start:end])


def remove_rare_phrases(deleted: str) -> None:
    """After a text is deleted: remove from the codebooks, approved versions too, each phrase taken from answers that it
    held and that fewer than five people's answers hold now. Runs inside the transaction of the deletion: all
    phrases are locked, so of two deletions at once the later one counts without the text of the earlier."""
    for row in list(MarkedPhrase.objects.select_for_update(of=("self",)).select_related("codebook").order_by("pk")):
        if holds_phrase(deleted, row.phrase) and not is_said_by_enough(row.phrase):
            _remove_phrase(row)
            row.delete()


def _remove_phrase(row: MarkedPhrase) -> None:
    if row.origin == PhraseOrigin.DECLINED:
        return  # no theme has it from an answer
    for entry in ThemeEntry.objects.filter(version__codebook=row.codebook):
        if row.phrase in (*entry.examples, *entry.keywords):
            entry.examples, entry.keywords = _without(entry.examples, row.phrase), _without(entry.keywords, row.phrase)
            entry.save(update_fields=["examples", "keywords"])
    for act in ThemeAct.objects.filter(version__codebook=row.codebook):
        if (before := _without(act.before, row.phrase)) != act.before:
            act.before = before
            act.save(update_fields=["before"])
    record_event("codebook phrase removed with words that were taken back", obj=row.codebook)


def _without(value: Any, phrase: str) -> Any:
    if isinstance(value, dict):
        return {name: _without(found, phrase) for name, found in value.items()}
    return [_without(item, phrase) for item in value if item != phrase] if isinstance(value, list) else value
