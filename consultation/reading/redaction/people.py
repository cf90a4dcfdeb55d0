"""People: titles and staff words, first names and family names, nicknames, and unknown words with a capital."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.gazetteers import common_words, names_in_other_scripts
from consultation.reading.redaction.places import BEFORE_A_PLACE
from consultation.reading.redaction.spans import Span
from consultation.reading.redaction.words import Word

COURTESY = frozenset("mr mrs miss ms mx dr".split())
TITLES = COURTESY | frozenset(
    "doctor prof professor sir madam coach sensei nurse pc pcso dc ds di wpc sgt sergeant inspector constable officer "
    "councillor cllr imam qari ustad ustadha ustaad maulana mufti pandit reverend rev pastor rabbi teacher pani pán "
    "pan pán pánovi doamna domnul mgr sheikh hafiz father midwife".split()
)
KIN = frozenset("uncle auntie aunty aunt chacha mamu khala cousin nana bhai baji".split())
NICK = frozenset("big lil fat papa mama captain baby crazy dj mc skinny young".split())
WORKER = re.compile(
    r"\b(?:key ?workers?|workers?|social worker|support worker|youth worker|teachers?|tutors?|coach|nurses?"
    r"|midwife|doctor|mentor|staff|escort"
    r"|caretaker|cleaner(?:'s)?|interpreter|receptionist|reception|advis[eo]r|counsellor|therapist|psychologist"
    r"|pc|sergeant|officer"
    r"|iro|isva|idva|ta|dinner lady|lollipop lady|ambulance lady|lady called|fella called|minibus|one to one"
    r"|lawyer|solicitor|trainer|chef|cook"
    r"|youth (?:offer|team|club)|early help|family hub|the hub|charity|participation|pastoral|librarian"
    r"|volunteers?|night staff|commission"
    r"|on the desk|personal advisor|pa|camhs|from the \w+ team|helped (?:me|us)|midwife|warden|guide|leader"
    r"|instructor|run by|manager|headteacher"
    r"|badge|children's centre|pani|doamna|pánovi|surgery|clinic|gym|detached)\b", re.I,
)  # fmt: skip
NEIGHBOUR = re.compile(r"\b(?:number \d+|next door|neighbour|corner shop|my mum's|friend|foster|from \d+)\b", re.I)
CALLED = re.compile(
    r"\b(?:called|named|name is|name's|names|name|goes by|known as|call (?:him|her|them)|driver|this is|signed"
    r"|from|i'm|im|its|it's)\W{1,3}$",
    re.I,
)
CALLED_SMALL = re.compile(
    r"\b(?:called|named|my name is|his name is|her name is|goes by|they call (?:him|her))\s+$", re.I
)
NICK_NEAR = re.compile(
    r"\b(?:goes by|known as|everyone calls|call (?:him|her|me|us|them)|nickname|street name|they call)\b[^.]{0,15}$",
    re.I,
)
NICK_SHAPE = re.compile(r"^(?:[a-z]{1,4}(?:zza|zz|z|zy|sy|ster)|[a-z]-[a-z]+)$", re.I)
SPEAKS = re.compile(
    r"^(?:['’]?s)?\s+(?:is|was|said|says|sends|couldnt|can|keeps|gets|got|has|had|came|comes|told|lets|let|who"
    r"|and me|and i|does|never|always|will|from|at|in|takes|took|makes|made|runs|helps|helped|knows|gave|gives)\b",
    re.I,
)
INITIALS = re.compile(r"(?<![\w.])[A-Z]\.\s?[A-Z]\.(?!\w)")
SCRIPT_TITLES = re.compile(
    r"(?:(?<![^\W\d_])(?:مس|میڈم|سر|الأستاذة|الأستاذ|الدكتورة|الدكتور|الآنسة|ਮਿਸਟਰ|ਮੈਡਮ"
    r"|ਮਿਸ)\s+[^\W\d_]+[\u0A01-\u0A71\u0980-\u09FF]*"
    r"|[^\W\d_][^\s،,.]*\s+(?:باجی|آپا|صاحب|صاحبہ|ਜੀ|ਮੈਡਮ|আপা|স্যার|ম্যাডাম))(?![^\W\d_])"
)
SCRIPT_WORD = re.compile(r"[\u0600-\u06FF]+|[\u0980-\u09FF]+|[\u0A00-\u0A7F]+")
SMALL_TITLES = frozenset("pani pán pánovi pan pana panu doamna doamnei domnul".split())
REACH = 3


def named(run: list[Word], text: str, *, caseless: bool) -> Iterator[Span]:
    """The people in a run of capitals that is no place."""
    at = 0
    while at < len(run):
        size = 0
        for find in (_titled, _nicknamed, _first_named, _short_named, _unknown):
            found = find(run, at, text, caseless=caseless)
            if found:
                span, size = found
                yield span
                break
        at += size or 1


def _more(run: list[Word], at: int) -> int:
    """How many of the following words belong to a name."""
    more = 0
    for word in run[at + 1 : at + 1 + REACH]:
        initial = len(word.text) == 1 and word.capital and word.plain != "i"
        if not (word.first_name or word.surname or word.proper or initial) or word.acronym and not initial:
            break
        more += 1
        if word.stop != word.end:
            break
    return more


def _titled(run: list[Word], at: int, text: str, *, caseless: bool) -> tuple[Span, int] | None:
    if run[at].plain not in TITLES or at + 1 >= len(run):
        return None
    after = at + 1
    if run[after].plain in TITLES and after + 1 < len(run):
        after += 1
    word = run[after]
    if not (
        word.capital
        and not word.excluded
        and (not word.common or word.first_name or word.surname or run[at].plain in COURTESY)
    ):
        return None
    last = after + _more(run, after)
    start, end = run[at].start, run[last].stop
    near = text[max(0, start - 25) : end + 25]
    kind = "PERSON" if run[at].plain in COURTESY and NEIGHBOUR.search(near) else "WORKER"
    return Span(start, end, kind, "Title and name"), last - at + 1


def _nicknamed(run: list[Word], at: int, text: str, *, caseless: bool) -> tuple[Span, int] | None:
    if at + 1 >= len(run) or run[at].plain not in KIN | NICK:
        return None
    word = run[at + 1]
    if word.excluded or (word.common and not word.first_name and len(word.text) > 1 and run[at].opens):
        return None
    if run[at].plain in KIN and word.first_name and len(word.plain) > 3:
        last = at + 1 + _more(run, at + 1)
        return Span(word.start, run[last].stop, "PERSON", "Name after a kin word"), last - at + 1
    last = at + 1 + (_more(run, at + 1) if word.first_name or word.proper else 0)
    kind = "PERSON" if last > at + 1 else "NICKNAME"
    return Span(run[at].start, run[last].stop, kind, "Nickname"), last - at + 1


def _first_named(run: list[Word], at: int, text: str, *, caseless: bool) -> tuple[Span, int] | None:
    word = run[at]
    if not word.first_name or (word.excluded and word.common):
        return None
    more = _more(run, at)
    doubtful = word.common or word.excluded
    if doubtful and (word.opens or caseless) and not more and not SPEAKS.match(text[word.stop : word.stop + 14]):
        return None
    start, end = word.start, run[at + more].stop
    return Span(start, end, kind_of(text, start, end), "First name" if not more else "First and family name"), more + 1


def _short_named(run: list[Word], at: int, text: str, *, caseless: bool) -> tuple[Span, int] | None:
    """`Bear says`, `saved as Angel`, `my names Ash`: words that are names only by where they stand."""
    word = run[at]
    called = CALLED_SMALL.search(text[max(0, word.start - 30) : word.start])
    if caseless or word.excluded or not (word.nickname or (called and not word.excluded and len(word.text) > 1)):
        return None
    if word.opens and not SPEAKS.match(text[word.stop : word.stop + 14]) and len(run) == 1:
        return None
    more = min(_more(run, at), 1) or int(at + 1 < len(run) and run[at + 1].plain == "lad")
    start, end = word.start, run[at + more].stop
    kind = kind_of(text, start, end)
    return Span(start, end, "NICKNAME" if word.nickname and kind == "PERSON" else kind, "Nickname"), more + 1


def _unknown(run: list[Word], at: int, text: str, *, caseless: bool) -> tuple[Span, int] | None:
    """A capital in mid-sentence on a word that no list knows: a person, or after `in`, `at`, `near` a place."""
    word = run[at]
    family = (
        word.capital and word.surname and not word.opens and not word.excluded and word.plain not in common_words()
    )
    if caseless or not (word.proper or family) or word.acronym or len(word.plain) < 2:
        return None
    more = _more(run, at)
    start, end = word.start, run[at + more].stop
    before = text[max(0, start - 40) : start]
    known = word.surname or any(w.surname or w.first_name for w in run[at + 1 : at + more + 1])
    if (
        word.opens
        and not known
        and not more
        and not (CALLED.search(before) or SPEAKS.match(text[word.stop : end + 14]))
    ):
        return None
    if word.opens and at == 0 and not known and not CALLED.search(before) and not more and len(word.plain) < 4:
        return None
    previous = re.search(r"([^\W\d_]+)\s+(?:the\s+)?$", before)
    if previous and previous.group(1).casefold() in BEFORE_A_PLACE and not known and not CALLED.search(before):
        return Span(start, end, "PLACE", "Unknown name after “in”, “at” or “near”"), more + 1
    if NICK_SHAPE.match(word.plain) or NICK_NEAR.search(before):
        worker = WORKER.search(text[max(0, start - 30) : end + 20])
        return Span(start, end, "WORKER" if worker else "NICKNAME", "Nickname"), more + 1
    return Span(start, end, kind_of(text, start, end), "Unknown word with a capital"), more + 1


def kind_of(text: str, start: int, end: int) -> str:
    """Staff or not, by the words beside the name."""
    sentence = max(text.rfind(mark, 0, start) for mark in ".!?\n") + 1
    near = text[max(sentence, start - 40) : start] + " " + text[end : end + 32]
    return "WORKER" if WORKER.search(near) else "PERSON"


def small(words: list[Word], text: str, *, english: bool) -> Iterator[Span]:
    """Names that are written without a capital."""
    for at, word in enumerate(words):
        if at and word.capital and not word.excluded and words[at - 1].text in SMALL_TITLES:
            yield Span(word.start, word.stop, "WORKER", "Title and name")
        if word.capital or word.text[0].isdigit():
            continue
        before = text[max(0, word.start - 30) : word.start]
        previous = words[at - 1].plain if at else ""
        if previous in COURTESY - {"miss"} or (previous == "miss" and word.surname):
            if not word.common or word.surname:
                yield Span(words[at - 1].start, word.stop, "WORKER", "Title and name")
        elif (
            english
            and word.first_name
            and not word.common
            and not word.excluded
            and len(word.plain) > 2
            and word.plain != "mick"
        ):
            follows = at + 1 < len(words) and words[at + 1].surname and not words[at + 1].common
            end = words[at + 1].stop if follows else word.stop
            yield Span(word.start, end, kind_of(text, word.start, end), "First name")
        elif CALLED_SMALL.search(before) and not word.common and not word.excluded and len(word.plain) > 2:
            yield Span(word.start, word.stop, kind_of(text, word.start, word.stop), "Beside “called” or “name is”")


def other_scripts(text: str) -> Iterator[Span]:
    for match in SCRIPT_TITLES.finditer(text):
        yield Span(match.start(), match.end(), "WORKER", "Title and name")
    known = names_in_other_scripts()
    for match in SCRIPT_WORD.finditer(text):
        if match.group() in known:
            kind = "WORKER" if WORKER.search(text[max(0, match.start() - 16) : match.start()]) else "PERSON"
            yield Span(match.start(), match.end(), kind, "First name")


def capital_phrase(run: list[Word]) -> Span | None:
    """`Fathers Against Blades`, `Wool & Bean`: everyday words with capitals in mid-sentence are somebody's name."""
    if (
        len(run) > 1
        and not run[0].opens
        and all(w.capital and w.common and not w.excluded and not w.acronym for w in run)
    ):
        return Span(run[0].start, run[-1].stop, "ORG", "Everyday words with capitals")
    return None


def initials(text: str) -> Iterator[Span]:
    for match in INITIALS.finditer(text):
        yield Span(match.start(), match.end(), "PERSON", "Initials")
