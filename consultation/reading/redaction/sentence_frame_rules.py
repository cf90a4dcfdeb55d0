"""Rules for people in small letters whose names are words or unlisted, by the sentence frame around them."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.gazetteers import (
    doubtful_lowercase_names,
    everyday_names,
    famous_first_names,
    first_names,
    is_common,
    is_misspelt,
    listed_nicknames,
    listed_surnames,
    listed_towns,
    not_names,
)
from consultation.reading.redaction.neighbouring_words import WORK, person_or_worker
from consultation.reading.redaction.person_vocabulary import INSULTS
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans
from consultation.reading.redaction.place_vocabulary import SKIPPED

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
N = r"([a-z][a-z'’-]{0,60}[a-z])"
END = (
    r"(?=\s*(?:$|[.,!?;:)(\n/])|['’]s\b|\s+(?:and|n|but|cos|because|so|who|at|from|in|on|is|was|has|had|does|did|gives"
    r"|comes|came|said|lets|when|if|then|knows|runs|helps|helped|drives|took|takes|told|got|gets|makes|made|to|for"
    r"|with|by|always|never|bring|brings|keeps?|drew|filled|reads)\b)"
)
# Names that are also auxiliaries, months or very frequent words: only after a title.
AMBIGUOUS = frozenset(
    "will may mark bill chase drew grant gene rich don gift guy max ray art bud chip clay cliff dale dean earl frank "
    "gale glen lance miles pat rex rob rod sky star storm wade wood woody jay den van an in so my man sue hope faith "
    "honey sandy misty praise promise patience mercy harmony destiny skip champ boss king angel prince princess sugar "
    "fish duke tiger red cookie chance long cherry gray grey brown black white young best west north east rain".split()
)  # fmt: skip
TITLED = re.compile(
    r"\b(?P<title>councillor|cllr|pcso|pc|wpc|insp\.?|inspector|sgt\.?|sergeant|akela|monsieur|madame|dr\.?"
    r"|superintendent|sister|nurse|coach|sir|ranger|postie|mama|baba|bibi|imam|vicar|pastor|deacon|rev\.?|sensei|ustad"
    r"|officer|lunchtime lady|dinner lady|one to one|lollipop lady|cleaner|helper|matron|brown owl"
    r"|captain) (?P<name>[a-z][a-z'’-]+[a-z])\b"
)
ENDS = re.compile(END)
SURE_TITLES = frozenset("councillor cllr pcso insp inspector akela monsieur dr superintendent sgt wpc pc rev".split())
FAMILY = frozenset("mama baba bibi".split())
MISS = re.compile(rf"\b(?P<earlier>[\w'’]{{1,40}}[,.]?\s+)?(?P<title>miss)\s(?P<name>[a-z]{{3,}}){END}")
MISSED = frozenset(
    "i we you they he she really to ll will would and still gonna dont don't didnt might do did u ill i'll".split()
)
INITIAL = re.compile(r"(?<![\w.@/])([a-z])\.\s?(?:[a-z]\.\s?)?([a-z][a-z'’-]{3,})(?![\w@.]*@)")
INITIALS = re.compile(
    r"(?<![\w.])([a-z])\.([a-z])\.(?=,?\s*(?:\(|\d|dob\b|in\b|has\b|aged?\b|left\b|was\b|is\b|told\b))"
)
PAIR = re.compile(rf"(?<![\w'’@.-]){N} (?=([a-z][a-z'’-]*[a-z])\b)")
PRONOUN = re.compile(r"\s+(?:he|she|they|let|lets|live|like|likes|[a-z]+ and)\b")
MY = re.compile(rf"\b[Mm]y {N} (?:starts|goes to|loves|cried|doesn['’]?t|is (?:in|at|\d))\b")
LINE = re.compile(rf"(?:^|[.!?\n]\s*){N},? {N}(?:,? {N})?,? (?:and|n|an|&) (?:me|i)\b")
AGED = re.compile(r"\b([A-Za-z][a-z'’-]{0,60}[a-z])\s*\((?:aged?\s*)?\d{1,2}(?:\s*(?:yrs?|months?))?\)")
HOUSEHOLD = re.compile(r"\b(?:the|them) ([a-z]{4,}) (?:family|twins|brothers|sisters)\b")
OWNS = re.compile(
    rf"\b{N}['’]?s\s+(?:mum|mam|dad|nan|house|garage|brother|sister|cousin|party|phone|boyfriend|girlfriend|mate|room"
    r"|birthday|uncles?|auntie|car|van|flat)\b"
)
FRIEND = re.compile(
    rf"\b(?:{WORK}|wom[ae]n|lady|girlfriend|boyfriend|wife|husband|partner|mate|bestie|friend|cousin|brother|sister"
    r"|son|daughter|children|cousins|grandson|granddaughter|sons|daughters|reception|auntie|aunty|aunt|uncle|nanna"
    rf"|ranger|helper|one to one|postie|baby|wee|our|delivery lad|peer mentor)(?:,? | \(){N}\b"
)
WITH = re.compile(
    rf"\b(?:sit|sat|play|played|sitting|stood|next to|be) (?:next to|with) {N}{END}|\b(?:hi|love"
    rf"|thanks) from {N}\s*(?:$|[.,!?\n])|\b(?:tell|ask|ask for|ring|phone|wiv|specially|especially|except"
    rf"|not) {N}(?=\s*(?:$|[.,!?\n(])| (?:she|he|they|at the|because|cos)\b)|\bname(?:s|,| inside| was)?,? {N}(?=[.,])"
    rf"|\bthen {N}(?= then\b)"
)
ACTS = (
    r"(?:pushed|hit|said|says|edited|told|took|brought|came|helped|runs|gave|lets|walked|wrote|drives|drove|reads"
    r"|sends|sent me|couldn?t|can't|cant|doesn?['’]?t|doesnt|didnt|won?t|bats|bowls|plays|played|rang|kicked|nicked"
    r"|punched|grabbed|showed|taught|brings|makes me|made me|keeps|knows|is (?:my|the best|a legend|sound|so nice"
    r"|really nice|in year|in my)|was (?:my|so nice|really nice|great with)|at (?:the|our|my|number)|from (?:the|our"
    r"|next|number)|next door|who (?:runs|does|works|helps)|,? one of our|and (?:me|i)\b|n me\b|starts)"
)
OPENS = re.compile(
    rf"(?:^|[.!?\n]\s*|\b(?:also|even|then|cos|because|and|but|if|one "
    rf"hit)\s)(?P<name>[a-z][a-z'’-]*[a-z])(?:['’]s)?,? (?:{ACTS})"
)
LISTED = re.compile(rf"(?<![\w'’@.-]){N}(?:,| and| n| &) {N}(?:['’]?s)?(?![\w@-])")
NICK_TITLE = (
    r"(?:captain|mr|mrs|miss|psycho|big|lil|little|grandad|nanna|nana|nan|our|young|old|fat|mad|the|king"
    r"|queen|dj|mc|sergeant|doctor|baba|uncle|auntie|dada)"
)
CALLED = re.compile(
    r"\b(?:calls? (?:me|him|her|himself|herself)|they call (?:me|him|her)|known (?:\w+ )?as|(?:code ?name|nickname"
    r"|street name) is|goes by|(?:man|lad|bloke|someone"
    rf"|woman) they call)\s+(?:[\"'“‘]\s*)?(?P<name>(?i:{NICK_TITLE}) [A-Za-z][\w-]{{1,}}|[a-z][a-z-]{{2,}})(?=\s*(?:$"
    r"|[.,!?;)\n\"'”’])|\s+(?:and|but|cos|because|at|in|now|all|on|throughout|from|or)\b)"
)
WHAT = re.compile(
    rf"(?:^|[.!?\n]\s*|\bme )(?P<name>{N}(?: [a-z][\w-]+)?) (?:is what (?:they|everyone|people|we)"
    rf"|they) calls? (?:me|him|her)\b"
)
ASIDE = re.compile(rf"\({N} to (?:everyone|everybody|my mates|my friends|friends|us|you|most)\b")
NICK_FRAME = re.compile(
    rf"\b(?:ask (?:for|4)|saved (?:\w+ ){{0,2}}as|tagged|works for|delivery lad|my mates?|get|one hit|our) ['\"‘]?{N}(?=\W)"
)
BIG = re.compile(rf"\b(?:big|lil|fat|little|young|mad|our|dirty|wee) ([a-z]{{1,9}}){END}")


def find_people_by_frame(text: str) -> Iterator[Span]:
    yield from _find_titled_names(text)
    yield from _find_initials(text)
    yield from _find_first_and_family_names(text)
    yield from _find_names_in_frames(text)
    yield from _find_names_joined_by_and(text)
    yield from _find_called_nicknames(text)


def _trim_possessive(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _is_listed_name(word: str) -> bool:
    return word in first_names() or word in everyday_names()


def _is_known_name(word: str) -> bool:
    """Whether it is a listed name and no function word; everyday words count."""
    if not _is_listed_name(word) or len(word) < 2 or word in AMBIGUOUS or word in SKIPPED:
        return False
    return word in everyday_names() or not (word in not_names() or is_common(word))


def _is_unknown_word(word: str) -> bool:
    """Whether it is an unknown word and no misspelling."""
    return (
        len(word) > 3 and word.replace("-", "").isalpha() and not is_common(word) and word not in not_names()
        and word not in listed_towns()
        and not is_misspelt(word) and not is_common(word.removesuffix("s")) and word not in doubtful_lowercase_names()
    )  # fmt: skip


def _is_nickname(word: str) -> bool:
    return word in listed_nicknames() and word not in AMBIGUOUS


def _may_be_name(word: str) -> bool:
    return _is_known_name(word) or _is_nickname(word) or _is_unknown_word(word)


def _make_person_span(text: str, start: int, end: int, why: str) -> Span:
    return Span(start, end, person_or_worker(text, start, end), why)


def _find_titled_names(text: str) -> Iterator[Span]:
    for match in TITLED.finditer(text):
        title, name = match["title"].rstrip("."), _trim_possessive(match["name"])
        if title in SURE_TITLES:
            listed = not is_common(name) or name in listed_surnames() or name in first_names()
            named = listed and name not in SKIPPED | INSULTS
        else:
            everyday = title in ("nurse", "coach") and name in everyday_names() | {"bear", "joy"}
            named = everyday or _may_be_name(name) or (name in listed_surnames() and not is_common(name))
        if named and (not is_common(name) or ENDS.match(text, match.end())):
            whole = " " not in title and title not in ("cleaner", "helper", "ranger", "postie")
            start, kind = match.start() if whole else match.start("name"), "PERSON" if title in FAMILY else "WORKER"
            yield Span(start, match.start("name") + len(name), kind, "Title and name")
    for match in MISS.finditer(text):
        name, earlier = _trim_possessive(match["name"]), (match["earlier"] or "").strip().casefold()
        if earlier and earlier not in MISSED and name in listed_surnames() and name not in SKIPPED | INSULTS:
            yield Span(match.start("title"), match.start("name") + len(name), "WORKER", "Title and name")


def _find_initials(text: str) -> Iterator[Span]:
    for match in INITIAL.finditer(text):
        name = _trim_possessive(match.group(2))
        unusual = _is_unknown_word(name) or (name in listed_surnames() and not is_common(name))
        if unusual and match.group(1) not in "ei":
            yield _make_person_span(text, match.start(), match.start(2) + len(name), "Initials and name")
    for match in INITIALS.finditer(text):
        if match.group(1) + match.group(2) not in ("pm", "am", "ie", "eg", "nb", "uk", "us", "tv", "pe", "re", "it"):
            yield Span(match.start(), match.end(), "PERSON", "Initials")


FAMILY_ENDS = re.compile(
    r"['’]s\b|\s*(?:$|[.,!?;)(\n:])|\s+(?:and (?:me|i)|who|tel|is my|are my|at|from|has|let|both|and "
    r"[a-z]+ [a-z]+)\b|\s+(?:on )?\d"
)
DETERMINED = re.compile(
    r"\b(?:the|a|an|your|their|no|some|any|this|that|of|in|i|we|they|he|she|you|to|on|at|more|too|very|so)\s+$"
)


def _find_first_and_family_names(text: str) -> Iterator[Span]:
    """`hope ndlovu`, `frank wells,`: a first name, perhaps also a word, before a family name."""
    for match in PAIR.finditer(text):
        first, second = match.group(1), _trim_possessive(match.group(2))
        if second not in listed_surnames() or any(n in SKIPPED or n in not_names() for n in (first, second)):
            continue
        listed = _is_listed_name(first) or _is_nickname(first)
        end = match.start(2) + len(second)
        if not is_common(second) and second not in listed_towns() and second not in doubtful_lowercase_names():
            sure = listed or _is_unknown_word(first)
        else:
            named = len(first) > 2 and first not in ("will", "may", "young", "van", "man", "den")
            named = named and (not is_common(first) or first in everyday_names())
            sure = listed and named and bool(FAMILY_ENDS.match(text, end))
        if sure and not DETERMINED.search(text[max(0, match.start() - 8) : match.start()]):
            yield _make_person_span(text, match.start(1), end, "First and family name")


def _find_names_in_frames(text: str) -> Iterator[Span]:
    for match in AGED.finditer(text):
        name = match.group(1).casefold()
        if _is_listed_name(name) or _is_unknown_word(name):
            yield Span(*match.span(1), "PERSON", "Name before an age")
    for match in MY.finditer(text):
        if match.group(1) in everyday_names() - AMBIGUOUS:
            yield Span(*match.span(1), "PERSON", "Name, by the words beside it")
    for match in LINE.finditer(text):
        groups = [at for at in (1, 2, 3) if match.group(at)]
        if all(_may_be_name(match.group(at)) for at in groups):
            yield from (Span(*match.span(at), "PERSON", "Beside a name") for at in groups)
    for match in HOUSEHOLD.finditer(text):
        name = match.group(1)
        if (name in listed_surnames() and not is_common(name)) or (name in first_names() and _is_unknown_word(name)):
            yield Span(*match.span(1), "PERSON", "Name of a family")
    for match in OWNS.finditer(text):
        if (_is_known_name(match.group(1)) or _is_nickname(match.group(1))) and match.group(1) != "thi":
            yield Span(*match.span(1), "PERSON", "Name before what is theirs")
    for pattern in (FRIEND, WITH):
        for match in pattern.finditer(text):
            group = match.lastindex or 1
            name = _trim_possessive(match.group(group))
            ours, ends = match.group().startswith("our "), bool(ENDS.match(text, match.end(group)))
            new = pattern is FRIEND and not ours and (ends or PRONOUN.match(text, match.end(group)))
            new = new and _is_unknown_word(name)
            if (_is_known_name(name) and (ends or pattern is WITH)) or new:
                start = match.start(group)
                yield _make_person_span(text, start, start + len(name), "Name, by the words beside it")
    for match in OPENS.finditer(text):
        name = _trim_possessive(match["name"])
        unknown = _is_unknown_word(name) and name[-2:] not in ("ed", "ly", "er")
        if unknown or _is_known_name(name) or _is_nickname(name):
            start = match.start("name")
            span = _make_person_span(text, start, start + len(name), "Name before what they do")
            nick = _is_nickname(name) and name not in first_names() and span.type == "PERSON"
            yield Span(start, span.end, "NICKNAME", "Nickname") if nick else span


def _find_names_joined_by_and(text: str) -> Iterator[Span]:
    """`sue and phil's`, `poppy and grace`: two names in a list, one of them perhaps also a word."""
    for match in LISTED.finditer(text):
        names = map(_trim_possessive, match.groups())
        pair = [name if _is_listed_name(name) else name.removesuffix("s") for name in names]
        words = [n in SKIPPED | famous_first_names() or n in not_names() and n not in everyday_names() for n in pair]
        if all(_is_listed_name(n) and len(n) > 2 for n in pair) and not any(words):
            plainly = [not is_common(n) and n not in doubtful_lowercase_names() for n in pair]
            both = all(n in everyday_names() or sure for n, sure in zip(pair, plainly, strict=True))
            if both and (any(plainly) or not set(pair) & (AMBIGUOUS | PLANTS)):
                yield _make_person_span(text, match.start(1), match.start(1) + len(pair[0]), "Beside a name")
                yield _make_person_span(text, match.start(2), match.start(2) + len(pair[1]), "Beside a name")


PLANTS = frozenset("rose violet daisy ivy heather hazel willow fern herb olive iris jasmine coral amber pearl ruby "
                   "jade".split())  # fmt: skip


def _find_called_nicknames(text: str) -> Iterator[Span]:
    for match in CALLED.finditer(text):
        name, first = match["name"], match["name"].split()[0].casefold()
        titled = " " in name and (first not in INSULTS or first == "our") and name.split()[1] not in SKIPPED | INSULTS
        odd = name in listed_nicknames() or not (is_common(name) or is_misspelt(name))
        plain = name not in INSULTS | SKIPPED and odd
        plural = name.endswith(("gles", "bles", "ers")) and "they call" in match.group()
        if titled or (" " not in name and (plain or plural)):
            yield Span(match.start("name"), match.end("name"), "NICKNAME", "Beside “call” and whom")
    for match in WHAT.finditer(text):
        if match["name"].split()[0] not in SKIPPED | INSULTS:
            yield Span(match.start("name"), match.end("name"), "NICKNAME", "Beside “call” and whom")
    yield from find_pattern_spans(text, "NICKNAME", "Beside whose name it is", ASIDE, group=1)
    for match in NICK_FRAME.finditer(text):
        name = _trim_possessive(match.group(1))
        if name in listed_nicknames() - AMBIGUOUS - COMMON_NICK:
            yield Span(match.start(1), match.start(1) + len(name), "NICKNAME", "Nickname")
    for match in BIG.finditer(text):
        name, ours = match.group(1), match.group().startswith("our")
        known = name in listed_nicknames() and (not is_common(name) or name in "mo jay dee kay mac ron".split())
        if known or (len(name) == 1 and name not in "aiuxnr"):
            yield Span(match.start(1 if ours else 0), match.end(1), "NICKNAME", "Nickname")


COMMON_NICK = frozenset(
    "lads chips coops budgie banjo biscuit nugget noodles moose swan spoon spoons munch slick specs "
    "stretch skip rocket".split()
)
