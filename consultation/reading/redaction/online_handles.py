"""Rules for online handles: by an @, by their shape, or beside the name of a platform."""

import re
from collections.abc import Iterator
from itertools import chain

from consultation.reading.redaction.gazetteers import first_names, is_common, not_names
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
HANDLE = re.compile(r"(?<![\w@.])@\s?[A-Za-z0-9_](?:[\w.-]*\w)?")
# With dots or underscores. The possessive of a name (`lil.peach's`) stays outside.
HANDLE_BARE = re.compile(
    r"(?<![\w@./-])(?=[\w.]*[A-Za-z])[A-Za-z0-9]+(?:[._]+[A-Za-z0-9]+)+_*(?![\w@/])"
    r"|(?<![\w@./-])(?=\w*[A-Za-z])(?:_+\w+|[A-Za-z0-9]\w*_)(?![\w@/.])"
)
HANDLE_DIGITS = re.compile(r"(?<![\w@./-])([A-Za-z]{4,})(?:\d{2,}[a-z]?|(?<=[A-Za-z]{8})\d)(?![\w@/-]|\.\w)")
HANDLE_MIXED = re.compile(
    r"(?<![\w@./-])(?=\w*\d)(?=\w*[A-Za-z])(?:[xX]{1,2}[A-Za-z0-9]{4,}[xX]{1,2}"
    r"|[A-Za-z]+\d+[A-Za-z]{3,}\w*)(?![\w@/.-])"
)
TAGGED = re.compile(r"(?<![\w#])[^\W\d_][\w.]{2,}#\d{3,5}\b|(?<!\w)[ur]/[A-Za-z][\w-]{3,}")
PLATFORM = (
    r"snap(?:chat)?|sc|insta(?:gram)?|ig|tik ?tok|tt|twitter|x|threads|facebook|fb|messenger|whatsapp|telegram|discord"
    r"|roblox|rblx|xbox|psn|ps[45]|playstation|steam|twitch|youtube|yt|kik|yubo|wizz|bereal|reddit|pinterest|minecraft"
    r"|fortnite|epic|gamer ?tag|user ?name|user name|screen ?name|handle|account|profile|onlyfans|vsco|spotify|depop"
    r"|vinted|hinge|tinder|signal|omegle|line|wechat|wattpad|duolingo|alt|spam|finsta|@|user|tag|bluesky|bsky|mastodon"
    r"|lemon8|epic games|brawl stars|clash|among us|gorilla tag|soundcloud|bandlab|strava|poshmark|toca(?: boca)?"
    r"|rec room|vrchat|pokemon go"
)
NEAR = re.compile(
    rf"\b(?:{PLATFORM}|tag|add (?:me|him|her|us|them)|goes by|on there as|dm|dms|message|inbox(?:ed)?"
    rf"|follow(?:s|ed)?|search)\b"
    r"\W{0,4}(?:\w+\W+){0,4}$", I
)  # fmt: skip
# `my user is zain.the.brain`: everyday words too, if joined by dots.
OWN = re.compile(
    rf"\b(?:my|his|her|our|their|the)\s+(?:\w+\s+)?(?:{PLATFORM})(?:'?s)?(?:\s+(?:name|account|handle|tag|id))?"
    rf"\s*(?:is|was|[:=])\s+$|\b(?:{PLATFORM})\s*[:=]\s*$|\bon\s+(?:{PLATFORM})\s+(?:as|under)\s+$", I
)  # fmt: skip
SLASHED = re.compile(r"(?<![\w/.:])/[A-Za-z][\w-]*(?:[._]\w+)+")
# An unknown word in small letters right after the platform: `my snap is jadeyxo`, `insta: lolabee`.
SAID = re.compile(
    rf"\b(?:{PLATFORM})(?:'?s|\s+(?:account|name|user ?name|handle|tag|is|was|called|as|under|named|id"
    rf"|profile)){{0,3}}\s*(?:[:=-]|is|was|called|as|under|named|slash|/)\s*[\"'“‘]?(?P<name>(?!(?:twitch|youtube"
    r"|insta)\s)[A-Za-z][\w.-]{3,}\w)|\b(?:user ?name|handle|gamer ?tag|screen ?name"
    r"|my name)\s+on\s+(?:\w+\s+){1,4}(?:is|was)\s+[\"'“‘]?(?P<own>[A-Za-z][\w.-]{4,}\w)|\b(?:add|follow|find|message"
    rf"|dm|search|look up|look for)\s+(?:me|him|her|us|them)?\s*(?:on\s+\w+\s+)?(?:on\s+(?:{PLATFORM})\s*,?\s*(?:as|at"
    rf"|under|its|it's|im|i'm|:)\s+)(?P<added>[A-Za-z][\w.-]{{3,}}\w)",
    I,
)  # fmt: skip
NAME = r"[\"'“‘]?(?P<name>[A-Za-z][\w.-]{4,}\w|[A-Za-z]\w*[._]\w+)"
AROUND = (
    re.compile(
        r"\b(?:add|follow|dm|message|search(?: for)?|find|look up|hmu|hit up|sub to|subscribe to|text|snap)\s+(?:me"
        rf"|him|her|us|them)?\s*(?:up\s+)?(?:on\s+(?:{PLATFORM})\s*)?(?:at|as|under|its|it's|im|i'm"
        rf"|[:=@-])?\s*{NAME}(?=\W+on\s+(?:{PLATFORM})\b)",
        I,
    ),
    re.compile(rf"\b(?:add|follow|dm|message|find|snap)\s+(?:me|him|her)\s+on\s+(?:{PLATFORM})\s*[:,-]?\s*{NAME}", I),
    re.compile(
        rf"\b(?:im|i'm|i am|its|it's|he's|hes|she's|shes|called|as|is)\s+{NAME}\s+(?:on"
        rf"|over on)\s+(?:my\s+)?(?:{PLATFORM})\b",
        I,
    ),
    re.compile(rf"\bmy\s+(?:{PLATFORM})\s+{NAME}\s*(?:$|[.,!?)]|btw\b|if\b|and\b|n\b)", I),
    re.compile(
        rf"\b(?:called|goes by|known as|named|by the name of?)\s+{NAME}(?=[^.!?\n]{{1,30}}\b(?:on"
        rf"|from)\s+(?:{PLATFORM})\b)",
        I,
    ),
    re.compile(rf"\b(?:{PLATFORM})\s+(?:name|tag|id|user)\s+{NAME}", I),
    re.compile(rf"\bdm\s+me\s*[:@-]?\s*{NAME}", I),
    # `on snap its kas-eatsrice`, `on roblox i go by mooncheesepie`
    re.compile(
        rf"\bon\s+(?:{PLATFORM})\W{{1,3}}(?:(?:i|he|she|they)\s+)?(?:it'?s|i'?m|i am|he'?s|she'?s|as|is|called|go by"
        rf"|goes by|under|am|was|user|named)\s+{NAME}",
        I,
    ),
)
TIME = re.compile(r"\d{1,2}(?:[.:]\d{2})?\s?(?:[ap]\.?m\.?)?", I)
DOTTED = re.compile(
    r"^(?:[a-z]{1,2}\.){1,4}[a-z]{0,2}$|^(?:no|www|vs|eg|ie|etc|pm|am|max|min|approx)\.|\.(?:pdf|docx?|jpe?g"
    r"|png|xlsx?)$",
    I,
)


def find_handles(text: str) -> Iterator[Span]:
    for match in HANDLE.finditer(text):
        words = match.group()
        apart = words[1] == " " and (is_common(words[2:]) or len(words) < 6)  # `meet @ the park`
        formula = text[match.end() : match.end() + 1] == "("
        if not apart and not formula and words.casefold() not in ("@everyone", "@here", "@all"):
            yield Span(match.start(), match.end(), "HANDLE", "Begins with @")
    for match in HANDLE_BARE.finditer(text):
        before = _read_text_before(text, match)
        named = OWN.search(before) or (NEAR.search(before) and "." not in match.group())
        near = named or NEAR.search(before)
        if is_handle(match.group()) or (near and _may_be_handle(match.group(), sure=bool(named))):
            yield Span(match.start(), match.end(), "HANDLE", "Written like a user name")
    yield from find_pattern_spans(text, "HANDLE", "Written like a user name", TAGGED)
    for match in chain(SLASHED.finditer(text), HANDLE_MIXED.finditer(text)):
        if match.group()[0] in "xX" or NEAR.search(_read_text_before(text, match)):
            yield Span(match.start(), match.end(), "HANDLE", "Written like a user name")
    for match in HANDLE_DIGITS.finditer(text):
        word = match.group(1)
        everyday = is_common(word) or word.casefold() in not_names() or word.isupper()
        if not everyday or NEAR.search(_read_text_before(text, match)):
            yield Span(match.start(), match.end(), "HANDLE", "Written like a user name")
    yield from _find_handles_beside_platforms(text)
    for match in SAID.finditer(text):
        group = next(name for name in ("name", "own", "added") if match[name])
        if not is_common(match[group]) and match[group].casefold() not in not_names():
            yield Span(*match.span(group), "HANDLE", "Beside the name of a platform")


def _find_handles_beside_platforms(text: str) -> Iterator[Span]:
    """`add lilsaff on snap`, `im zorbykid on xbox`: an unknown word with a platform beside it."""
    if not ANY.search(text):
        return
    for pattern in AROUND:
        for match in pattern.finditer(text):
            name, plain = match["name"], match["name"].casefold()
            if plain in not_names() or is_common(plain) or DOTTED.search(name):
                continue
            made = bool(re.search(r"[\d._]", name)) or name[1:] != name[1:].lower()
            called = "called" in match.group().casefold()[:6]
            if made or not (called or plain in first_names() or len(name) < 6):
                yield Span(*match.span("name"), "HANDLE", "Beside the name of a platform")


ANY = re.compile(rf"\b(?:{PLATFORM}|dm)\b", I)


def _read_text_before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 60) : match.start()]


def _may_be_handle(token: str, *, sure: bool) -> bool:
    if not sure and STARTS & set(re.split(r"[._]+", token)):
        return False
    return len(token) > 4 and any(map(str.isalpha, token)) and not (TIME.fullmatch(token) or DOTTED.search(token))


def is_handle(token: str) -> bool:
    parts = [part for part in re.split(r"[._]+", token) if part]
    letters = [part for part in parts if not part.isdigit()]
    if not letters or sum(map(len, letters)) < 4 - ("_" in token) or TIME.fullmatch(token) or DOTTED.search(token):
        return False
    if "_" in token:
        return True
    if len(max(letters, key=len)) < 3 or token.replace(".", "").isdigit():
        return False
    lowered = all(part == part.lower() for part in letters)
    if len(parts) > 2 and lowered:
        return not STARTS & set(parts)
    strange = any(not is_common(part) or part[-1].isdigit() for part in parts)
    stop = len(parts) == 2 and (parts[1].casefold() in STARTS or parts[0] in ("e", "i", "p", "a"))
    return lowered and strange and not stop


# A full stop without a space: `was scared.dont tell`.
STARTS = frozenset(
    "i im its it the and but then so they he she we you my me no not dont cant ive if when there that this "
    "what why how please "
    "also because cos in on at to for a an who is was would could should just only everyone nobody people more".split()
)
