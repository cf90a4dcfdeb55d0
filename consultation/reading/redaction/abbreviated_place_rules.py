"""Rules for abbreviated places and schools: `19 marley cres`, `Edmund St`, `thornley prim`, `flt 9 priors ct`."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.gazetteers import is_common, not_names
from consultation.reading.redaction.lowercase_place_rules import KINDS, UNNAMED
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans
from consultation.reading.redaction.place_vocabulary import STREET_FIRST

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
NAME = r"[^\W\d_][\w'’-]+"
SURE = r"cres|crt|terr|tce|prk|pk|sq|hse|gdns|bldgs?|rd|ln|ave|av"  # abbreviations that are no word and no title
SOFT = r"st|ct|gr|gro|ter|cl|est|dr|pl|wlk|vw"
NUMBER_WORD = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven"
    r"|eight|nine))?)"
)
NOT_STREET = (
    r"(?!(?:minutes?|mins?|years?|times?|of|the|and|on|in|to|a|for|people|kids|more|min|per|at|or|by|with|from|days?|weeks?"
    r"|hours?|months?|miles?|children|lads|girls|boys|am|pm|yr|yrs|st|nd|rd|th|old|i|we|is|was)\b)"
)
ADDRESS = re.compile(
    rf"(?<![\w.:/£-])(?:(?:flat|flt|unit|apt|apartment|room)\s+\w{{1,3}},?\s+(?:\d{{1,4}}[a-z]?,?\s+)?"
    rf"|(?:no\.?\s*)?\d{{1,3}}(?:/\d{{1,2}})?[a-z]?,?\s+)(?:{NOT_STREET}{NAME}\s+){{1,3}}?(?:{SURE}|{SOFT}|buildings?"
    r"|bungalows?|villas|mansions|maisonettes|cottages|court|house|tower)\b(?!\.?\s+[A-Z][\w]+['’]s)", I,
)  # fmt: skip
ADDRESS_THE = re.compile(
    r"(?<![\w.:/£-])(?:\d{1,3}[a-z]?|(?:unit|flat|pitch|plot)s?\s\d{1,3}[a-z]?,)\s+the\s+(?:ginnel"
    r"|green|grove|crescent|close|row|yard"
    r"|stables|mews|paddock|lodge|cottages?|bungalow|vicarage|fold|croft|square|snicket|parade|courtyard|works|mill)\b", I
)  # fmt: skip
ADDRESS_WORDS = re.compile(
    rf"\b(?:at|number|no|live (?:at|on))\s+({NUMBER_WORD}\s+(?:{NOT_STREET}{NAME}\s+)?[A-Za-z]{{4,}})\b", I
)
NUMBER_OF = re.compile(
    r"\b(?:live|lives|living|house|door|i do|we're|i'm|im)\W{1,3}(?:at |is |next door at )?(no\.? ?\d{1,3})(?!\d)", I
)
CAPITAL = re.compile(
    r"(?<![\w.])((?:[A-Z][\w'’-]+\s+){1,2})(?:Cres|Crt|Terr?|Tce|Prk|Pk|pk|Sq|Hse|Gdns|St|Ct|Gr|Cl|Av|Buildings|Bungalows)\b"
    r"(?!\.?\s+(?:[A-Z][\w'’-]+s?\b(?!\s+(?:Road|Street)))(?!.{0,1}$))"
)
SMALL = re.compile(
    rf"(?<![\w.'’])((?:(?:gt|old|upper|lower|new|north|south|east|west)\s+)?[a-z][a-z'’]{{2,}})\s+(?:{SURE})\b"
)
SMALL_SOFT = re.compile(
    rf"\b(?:on|in|at|off|by|near|nr|outside|from|down|up|along|behind|to|of|past|club)\s+([a-z][a-z'’]{{3,}})\s+(?:{SOFT})\b"
    r"(?=\s*(?:$|[.,!?;)\n])|\s+(?:and|n|is|in|by|where|when|with|but|flats|shops|every|for|near|at"
    r"|to|cos|so|the|primary|prim)\b)"
)
SCHOOL_SURE = (
    r"prim(?:ry|ery|erry|arey)?|prmary|jnrs|infs|acad(?:amy|emey|mey)?|gram(?: sch)?|grammer|sch|skool"
    r"|girls gram|boys gram"
)
SCHOOL_SOFT = r"upper|middle|girls|boys|high|grammar"
SCHOOL = re.compile(rf"(?<![\w'’])((?:[A-Za-z][\w'’.-]+\s+){{1,3}}?)(?:{SCHOOL_SURE})\b(?!\s+(?:and|n|&) proper)")
SCHOOL_NAME = re.compile(
    rf"\b(?:at|to|from|for|of|outside|near|in|goes|attends?|fault"
    rf"|is)\s+((?:[a-z][\w'’-]{{2,}}\s+){{1,2}})(?:{SCHOOL_SOFT})\b"
    r"(?=\s*(?:$|[.,!?;)\n])|\s+(?:is|was|on|and|n|but|cos|got|now|in|school|they|when|where)\b)"
)
SAINT = re.compile(
    r"\b(?:st|saint|sw\.|sv\.|our lady)\.?\s+(?!(?:and|is|was|the|in|on|at|by)\b)[a-z]{2,}(?:['’]s"
    r"|ys|os|as|s)\b|\b[Śśs]w\.\s+[A-Z]\w+"
)
STOP = UNNAMED | KINDS | frozenset(
    "go goes went gone at to from for of outside near in on off up down along by behind past round attend attends start "
    "starts started beat like likes love loves into onto n r an wiv with across over under next opposite our old "
    "new big nice lovely whole cross crossing busy road street lane way walk ring slip dirt gravel lives live stay stays "
    "walks drive drives ran run get got cos coz is was were are called named thats its im ive "
    "mi me he she they them who what which where when then than as so do does did done has have had between either "
    "leeds keighley shipley bingley halifax".split()
)  # fmt: skip


def find_abbreviated_places(text: str) -> Iterator[Span]:
    yield from find_pattern_spans(text, "ADDRESS", "House and street", ADDRESS, ADDRESS_THE)
    for match in ADDRESS_WORDS.finditer(text):
        last = match.group(1).split()[-1]
        if not is_common(last) and last.casefold() not in not_names():
            yield Span(*match.span(1), "ADDRESS", "House and street")
    yield from find_pattern_spans(text, "ADDRESS", "Number of a house", NUMBER_OF, group=1)
    for match in CAPITAL.finditer(text):
        first, _, rest = match.group(1).partition(" ")
        if match.group(1).split()[-1].casefold() not in STOP:
            opening = len(first) + 1 if rest.strip() and first.casefold() in STOP else 0  # it only opens the sentence
            yield Span(match.start(1) + opening, match.end(), "PLACE", "Street or park, cut short")
    for match in SMALL.finditer(text):
        if match.group(1).split()[-1] not in STOP:
            yield Span(match.start(1), match.end(), "PLACE", "Street or park, cut short")
    for match in SMALL_SOFT.finditer(text):
        if match.group(1) not in STOP and match.group(1) not in ("first", "second", "third"):
            yield Span(match.start(1), match.end(), "PLACE", "Street, cut short")
    yield from _find_abbreviated_schools(text)


def _find_abbreviated_schools(text: str) -> Iterator[Span]:
    for pattern in (SCHOOL, SCHOOL_NAME):
        for match in pattern.finditer(text):
            words = [(m.start() + match.start(1), m.group()) for m in re.finditer(r"\S+", match.group(1))]
            stops = [at for at, (_, word) in enumerate(words) if word.casefold() in STOP]
            words = words[stops[-1] + 1 :] if stops else words
            everyday = pattern is SCHOOL_NAME and len(words) == 1 and is_common(words[0][1])
            if words and not (everyday and not _has_school_evidence(text, match)):
                yield Span(words[0][0], match.end(), "SCHOOL", "School, its kind cut short")
    yield from find_pattern_spans(text, "SCHOOL", "Name of a school or a church", SAINT)


TAUGHT = re.compile(r"\b(?:y(?:ea)?r ?\w+|teacher\w*|pupils?|students?|school|head|roof|children|ta)\b", I)


def _has_school_evidence(text: str, match: re.Match[str]) -> bool:
    near = text[max(0, match.start() - 40) : match.start()] + " " + text[match.end() : match.end() + 40]
    return bool(TAUGHT.search(near)) or match.group(1).split()[-1] in STREET_FIRST.split("|")
