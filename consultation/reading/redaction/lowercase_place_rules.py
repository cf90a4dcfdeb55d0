"""Rules for schools and places in small letters, and for head words in small letters after a name."""

import re
from collections.abc import Iterator
from dataclasses import replace

from consultation.reading.redaction.gazetteers import first_names, is_common, is_misspelt, listed_towns, not_names
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans
from consultation.reading.redaction.place_vocabulary import GENERIC, ORG, SECTOR, SKIPPED

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
# Head words that end a name, also as children spell them.
HEAD = (
    r"parks?|prk|estate|rec|flats|woods?|library|baths|moor|fields|mill|playground|skatepark|hostel|house|tower|towers"
    r"|heights|beck|shops|arcade|cemetery|allotments|gardens|surgery|clinic|hall|mosque|masjid|gurdwara|chippy|takeaway"
    r"|(?:community|youth|leisure|sports|childrens?|children's|health|sweet|shopping|family) (?:cent(?:re|er)|senter"
    r"|senta|hub)"
    r"|cent(?:re|er)|senter|(?:play|soft play) barn|bus (?:stop|shelter|station)|train station|car ?park|retail park"
    r"|roundabout|precinct|bridge|snicket|ginnel|underpass|cricket club|corner shop|newsagents?|barbers"
)
SMALL = re.compile(rf"\b((?:[a-z][\w'’-]{{2,}}\s+){{1,3}}?)(?:{HEAD})\b(?!['’]?s?\s+of\b)")
# Words for landscape: a name only with an unknown word, where a place is expected.
LAND = re.compile(
    r"\b(?:at|from|to|in|near|nr|by|outside|behind|round|up|past|on|off|down|along|is"
    r"|opposite)\s+([a-z]{4,}(?:\s[a-z]{3,})?)\s+(?:vale|ridge|hill|bank|top|moor|reach|view|dene|edge|gate|green"
    r"|cross|slack|nook|bottoms|ends?|brow|fold|rise|row|mount|court|gardens|drive|close|grove|parade|yard|steps|slip"
    r"|walk|way|croft|garth|place|mews|wharf|dip|gates|point|rooms|cabins|chapel|methodist|church|lodge|cottages?)\b"
)
# An unknown word where a place is expected; a school after going, teaching or being excluded.
BARE = re.compile(
    r"\b(?:at|near|nr|behind|outside|opposite|round|past|(?:kids|lads|girls|boys|people|ppl|lot|crew|gang|everyone"
    r"|someone) from|(?:live|lives|living|lived|house|flat|shops?|park|school) (?:in|on|up"
    r"|down))\s+(?:the\s+)?([a-z][a-z'’]{4,})(?![\w@.'’-]*[@_\d])"
)
BARE_SCHOOL = re.compile(
    r"\b(?:school is|school was|(?:i|we|he|she|they|kids|son|daughter|brother|sister|cousin|who|mates?) (?:go|goes"
    r"|went|used to go) to|teachers? (?:at|from)|pupils? (?:at|from)|kicked out of|excluded from|y(?:ea)?r ?\d+ (?:at"
    r"|in)|kids (?:from|at)|moved to|starting|started at|starts at|head ?(?:teacher)? (?:at|of))\s+((?:st\.?|saint"
    r"|the)\s+[a-z][a-z'’]{2,}|[a-z][a-z'’]{4,})\b"
)
SCHOOL_PHRASE = re.compile(
    r"\b(?:at|to|from|outside|near|nr|by|of|was|is|attends?|goes|in|like|school,?)\s+((?:[a-z][a-z'’-]{2,}\s+){1,3}?)"
    r"(?:girls['’]?\s+|boys['’]?\s+|community\s+|catholic\s+|c ?of ?e\s+)?(?:primary(?: school)?|infants(?: school)?"
    r"|juniors|academy|high school|high(?=[\s,.!?]*$|\s+(?:is|was|on|in|at|school|cos|because|and|but|n)\b)"
    r"|comprehensive|grammar|college|pru|sixth form)\b"
)
# Everyday words that are no school's name: `a really good school`, `my local primary`.
UNNAMED = (
    SKIPPED
    | GENERIC
    | SECTOR
    | frozenset(
        "about actually adult after against already alternative always and another anybody anyone arabic around art at "
        "auntie autumn b back bad basically bcos because before behind being better between big bilingual bit boring boys "
        "bradford british brother brothers bus buses by catholic cause cheap child children chinese christmas church city "
        "coming cooking cos council cousin cousins crap dad dads dance different drama during easter eight english entire "
        "even everybody everyone expensive faith few finish finished first five football for form four free french friday "
        "friend friends from full further gate gates getin getting girls go going good grandad great half hate having "
        "head health high higher home honestly hospital housing in infant inside into irish islamic junior just kids "
        "kinda ks last leave leaving leeds left like literally little local lot lots love low lower lush mainstream many "
        "mate mates maths mental middle minibus mixed monday more mosque most moved much mum mums music muslim nan nans "
        "near nearby nearest needs never next nice nine nobody normal nr nursery often only other outside over paid "
        "parent parents part past people person polish posh pretty primary private provision public pupil pupils quite "
        "quran reading really religious residential rough round rubbish run runs safe same saturday science second "
        "secondary sen send seven shit since sister sisters six sixth small so social some somebody someone sometimes "
        "spanish special sport sports spring staff start starting state still stuff summer sunday taxi teacher teachers "
        "ten term than the them these thing things those three through thursday till time to too trip tuesday two uncle "
        "under uni uniform until upper urdu usually very village walking wednesday well welsh went whole winter with "
        "without work year years yorkshire young yr ".split()
    )
)
WHERE = re.compile(r"\b(?:at|in|to|near|nr|by|behind|round|past|outside|from)\s+$")
TAIL = re.compile(
    r"(?:\s+(?:church|parish|play|bus|train|taxi|climbing|sports|community|youth|children's|scout|village|cricket|football"
    r"|tennis|family))?\s+(?:centre|center|crossing|pavilion|tramway|steps|bridge|shelter|rank|hut|rooms?|hall|wall|corner"
    r"|multi-storey|shops|skatepark|baths|surgery|rec|roundabout|car ?park|park|recreation ground|cemetery|allotments"
    r"|pitch(?:es)?|courts?|playground|towpath|underpass|lock|mosque|gym)\b(?!['’])"
)
UNDER = re.compile(r"\s+(?:Under|Unders|U)[\s-]?\d{1,2}s?\b")
NOT_CLUB = frozenset(
    "vapes pizza pizzas kebab kebabs coaches guides brownies beavers cubs scouts project cod fryer butchers bakers "
    "barbers care play travel transport hire bar rooms homes home housing kitchen company music theatre dance club "
    "group stores united radio gym charity project trust forum network cabs taxi taxis cars foundation refuge shelter "
    "pantry crew tots alliance association boys girls mums dads mothers fathers carers players players runners "
    "swimmers band choir cheer singers stars school sons daughters ladies lads bears wolves tigers lions eagles "
    "sharks bees jets rockets titans giants knights wasps residents tenants toddlers logistics cleaning builders "
    "motors scrap skips dentists vets florist opticians swim circle advice threads salon nails beauty tattoo bistro "
    "diner spice sweets balti amateur cricket partners associates consultants garages fabrics carpets interiors "
    "bathrooms plumbing electrical heating removals university counselling lodge climb respite outlet".split()
)
SCHOOL_TAIL = re.compile(
    r"(?:\s+(?P<more>[a-z][\w'’]{2,}))?\s+(?:primary(?: school)?|infants?(?: school)?|juniors?(?: school)?|academy"
    r"|high school|high|grammar|school|college|nursery)\b"
)


def find_all_lowercase_places(text: str) -> Iterator[Span]:
    yield from find_lowercase_places(text)
    yield from find_lowercase_schools(text)
    yield from find_unknown_word_names(text)
    yield from find_lowercase_clubs(text)
    for match in AT_PHRASE.finditer(text):
        if not any(word in KINDS for word in match.group(1).split()):
            yield Span(match.start(1), match.end(), "PLACE", "Name of a place")


def find_lowercase_places(text: str) -> Iterator[Span]:
    """`garforth rec`, `wibsey slack bus shelter`: an unknown word before a head word."""
    for match in SMALL.finditer(text):
        words = [(m.start(1) + match.start(1), m.group(1)) for m in re.finditer(r"(\S+)\s+", match.group(1))]
        at = _find_first_name_word(words, bool(WHERE.search(text[max(0, match.start() - 12) : match.start()])))
        if at is not None:
            yield Span(words[at][0], match.end(), "PLACE", "Name of a place")
    for match in LAND.finditer(text):
        first = match.group(1).split()[0]
        if _is_unknown_word(first) and first not in first_names():
            yield Span(match.start(1), match.end(), "PLACE", "Name of a place")


SAINT_SMALL = re.compile(
    r"\b(?:st\.?|saint)\s+(?!(?:valentine|george|patrick|andrew|david)['’]?s?\s+day|john['’]?s?\s+amb)[a-z]{3,}['’]s\b"
    r"(?:\s+(?:primary|catholic|school|high|juniors|infants|academy))*"
    r"|\b(?:our lady(?:['’]s|\s+of\s+[a-z]{4,})|holy (?:family|trinity|name)|sacred heart|corpus christi)\b"
)
SHOP = re.compile(
    r"\b([a-z]{2,})['’]?s\s+(?:cabs|taxis|cafe|shop|takeaway|barbers|garage|gym|chippy|corner shop|bakery|salon"
    r"|kebabs?|pizzas?|grill|stores?|newsagents?|off ?licence|offy|sweet shop|launderette|nails|dance school)\b"
)


def find_unknown_word_names(text: str) -> Iterator[Span]:
    """`behind kwikwash`, `i go to thornfield`: an unknown word that is no misspelling."""
    for match in BARE_SCHOOL.finditer(text):
        saint = re.match(r"(?:st\.?|saint)\s", match.group(1))
        near = SCHOOL_WORDS.search(text[: match.start(1)] + text[match.end(1) :])
        if saint or (near and _is_new(match.group(1).split()[-1])):
            yield Span(match.start(1), match.end(1), "SCHOOL", "School, by the words beside it")
    yield from find_pattern_spans(text, "SCHOOL", "Name of a school or a church", SAINT_SMALL)
    for match in SHOP.finditer(text):  # `ali's cabs`, `betty's cafe`
        if match.group(1) in first_names() and not is_common(match.group(1)):
            yield Span(match.start(), match.end(), "PLACE", "Name of a place")
    for match in BARE.finditer(text):
        if _is_new(match.group(1)):
            yield Span(*match.span(1), "PLACE", "Unknown name after “at” or “near”")


SCHOOL_WORDS = re.compile(
    r"\b(?:school|teachers?|y(?:ea)?r ?\d{1,2}|lessons?|pupils?|homework|form|class|exclu\w+|kicked out|uniform"
    r"|gcses?|sats)\b",
    I,
)


def _is_new(word: str) -> bool:
    plain = re.sub(r"['’]s?$", "", word)
    return _is_unknown_word(word) and plain not in first_names() and not is_misspelt(plain)


def _find_first_name_word(words: list[tuple[int, str]], where: bool) -> int | None:
    """The start of the name: its first unknown word, if only words of names follow."""
    for at, (_, word) in enumerate(words):
        alone = len(words) - at == 1 and word in first_names() and not (where and not at)
        if (_is_unknown_word(word) or (word in listed_towns() and not is_common(word))) and not alone:
            return None if any(later in UNNAMED for _, later in words[at + 1 :]) else at
    return None


def _is_unknown_word(word: str) -> bool:
    name = re.sub(r"['’]s?$", "", word)
    return len(name) > 3 and not is_common(name) and name not in not_names() and name not in listed_towns()


# `at haven hall`, `near sparrow hill park`: everyday words that are not generic, where a place is expected.
AT_PHRASE = re.compile(
    r"\b(?:at|in|near|nr|by|behind|round|outside|from|through|to|past"
    r"|opposite)\s+((?:[a-z][a-z'’]{2,}\s){1,2}?)(?:park|rec|library|baths|estate|flats|woods|surgery|mosque|house"
    r"|lodge|hall|court|wharf|mill|parade|gardens|rise|bank|yard|green|centre|bridge|pharmacy|grill|cabs|cafe|barbers"
    r"|chippy|bingo|boxing|karate|close|row|walk|steps|station)\b"
)
KINDS = UNNAMED | frozenset(
    "car water theme retail business industrial trailer skate dog ball adventure play food tower apartment block flat "
    "open closed hot cold our my his her your their swimming tennis squash basketball crown magistrates county "
    "bowling ice fire police petrol train bus tube care halfway full safe empty opera publishing dance town village "
    "assembly dining school sports main public tree river charity clothes corner sweet phone coffee internet football "
    "cash data blood bottle piggy west east back front court step barn farm country guest lime wind paper steel power "
    "call own moving hip knee eye betting walkin walk discharge top bottom real trampoline civic leisure arts visitor "
    "detention garden shopping city job test vaccine covid conference drop fitness wellness which what this that "
    "these those each every any all both who where when while only getting using wrong right left new".split()
)
CLUB = re.compile(
    r"\b([a-z][a-z'’]{3,})\s+(?:[a-z]{3,}\s+)?(?:"
    + "|".join(sorted(head for head in ORG if len(head) > 2 and head not in NOT_CLUB and head.isalpha()))
    + r")\b"
)


def find_lowercase_clubs(text: str) -> Iterator[Span]:
    """`hexley lettings`, `clayton comets`: an unknown word before a word for a firm or a team."""
    for match in CLUB.finditer(text):
        name = re.sub(r"['’]s?$", "", match.group(1))
        between = match.group().split()[1:-1]
        if _is_new(match.group(1)) and name not in listed_towns() and not any(word in UNNAMED for word in between):
            yield Span(match.start(), match.end(), "ORG", "Name of an organisation")


def find_lowercase_schools(text: str) -> Iterator[Span]:
    """`calder view high`, `queensway community college`: after `at`, `to`, `outside`."""
    for match in SCHOOL_PHRASE.finditer(text):
        words = [(m.start(1) + match.start(1), m.group(1)) for m in re.finditer(r"(\S+)\s+", match.group(1))]
        while words and words[0][1] in UNNAMED:
            words = words[1:]
        if words and not any(word in UNNAMED for _, word in words):
            yield Span(words[0][0], match.end(), "SCHOOL", "Name of a school")


def extend_with_tails(text: str, spans: list[Span]) -> list[Span]:
    """Extend names by the head words after them: `Shipley Glen tramway`, `low moor road infants`."""
    return [_extend_with_tail(text, span) if span.type in ("PLACE", "SCHOOL") else span for span in spans]


def _extend_with_tail(text: str, span: Span) -> Span:
    if side := UNDER.match(text, span.end):
        return replace(span, end=side.end(), type="ORG", why="Name of an organisation")
    school = SCHOOL_TAIL.match(text, span.end)
    if school and span.type == "PLACE" and school["more"] not in UNNAMED:
        return replace(span, end=school.end(), type="SCHOOL", why="Name of a school")
    tail = TAIL.match(text, span.end)
    school_only = span.type == "SCHOOL" and span.why != "Name of a school or a church"
    return replace(span, end=tail.end(), type="PLACE") if tail and not school_only else span
