"""Corrects the type of a name by the words beside it: staff, school, club or place."""

import re
from dataclasses import replace

from consultation.reading.redaction.gazetteers import fold_accents, is_common, listed_surnames
from consultation.reading.redaction.person_vocabulary import BOND, BONDS, WORKER
from consultation.reading.redaction.personal_data_spans import Span
from consultation.reading.redaction.place_vocabulary import STREET

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
AT_BEFORE = re.compile(r"\b(?:at|near|nr|behind|outside|opposite|past|into|inside)\s+$", I)
SCHOOL_BEFORE = re.compile(
    r"(?:\bschools?(?:'s)?(?:\s+(?:is|was|it's|its|name is|called|named|recorded as|like|here|there|at))?\W{1,4}"
    r"|\b(?:y(?:ea)?r ?\d{1,2}|year (?:seven|eight|nine|ten|eleven)|reception|sixth form|teach(?:er|es|ing)?|head ?teacher"
    r"|heads?|governors?|pupils?|students?|senco|dsl|ta|lessons?|gcses|uniform|ipads?|form|class(?:mates?)?|assembly"
    r"|deputy|exclu\w+|kicked out|eldest|youngest|middle one|detentions?|homework|toilets|gates?|office|reception)"
    r"\s+(?:at|in|from|of|outside|for)\s+)$", I
)  # fmt: skip
ABOUT = re.compile(r"\b(?:for|of|in|from)\s+$", I)
SCHOOL_AFTER = re.compile(
    r"^(?:['’]s)?,?\s+(?:school\b|primary\b|academy\b|juniors\b|infants\b|pupils?\b|teachers?\b|uniform|headteacher"
    r"|y(?:ea)?r ?\d|\(?year \d|kids?\b.{0,20}\bschool)", I
)  # fmt: skip
SCHOOL_GOES = re.compile(
    r"\b(?:(?:go(?:es|ing)?|went|moved?|transferred|been|back|started|starts?|attend(?:s|ed)?)(?:\s+(?:back|up|over))?"
    r"\s+(?:to|at)|attends?|attended|at|from|outside|beat|comes to|everyone at)\s+$", I
)  # fmt: skip
OUT_OF_SCHOOL = re.compile(r"\b(?:after|before|from|of|off) school\b", I)
SCHOOL_NEAR = re.compile(
    r"\b(?:school|teachers?|y(?:ea)?r ?\d{1,2}|lessons?|pupils?|homework|head of year|form tutor|assembly|gcses?|class"
    r"|detention|exclu\w+|uniform|playground|miss|sir|ipads?|\d{1,2}[a-f]\b)", I
)  # fmt: skip
TEAM = re.compile(
    r"\b(?:play(?:s|ed|ing)?|coach(?:es|ed|ing)?|train(?:s|ed|ing)?|goalie|striker|manage[sr]?|volunteer\w*|cadet\w*"
    r"|sponsor\w*|member|dance|sing|fight|box|run)\s+(?:for|with|them \w+ \w+ at)\s+$"
    r"|\b(?:club|team|group|charity|firm|company|landlord|nursery|gym|band|troop|squad)\s+(?:is|was|called|named|,)\W*$", I
)  # fmt: skip
HEADLESS = re.compile(
    rf"\b(?:{'|'.join(sorted(STREET - {'gate', 'view', 'rise', 'bank', 'dene', 'hill', 'end', 'vale', 'court', 'fold'}))}"
    r"|park|estate|station|library|centre|mosque|church|rec|woods?|flats|market|shops|hospital|clinic|surgery|tramway"
    r"|crossing|pavilion|gates|hut|baths|gym)$", I
)  # fmt: skip


def retype_by_neighbours(text: str, span: Span) -> Span:
    """The span as a school or an organisation, if the words beside it say so."""
    if span.type == "SCHOOL" and TEAM.search(text[max(0, span.start - 40) : span.start]):
        return replace(span, type="ORG", why="Name of an organisation")
    whole = span.why == "First and family name" and " " in text[span.start : span.end]
    behind = AT_BEFORE.search(text[max(0, span.start - 12) : span.start])
    if whole and behind and span.type in ("PERSON", "WORKER") and text[span.end : span.end + 1] not in ("'", "’"):
        last = text[span.start : span.end].split()[-1]
        inside = text[: span.start].rstrip().endswith("name inside")
        if not inside and is_common(last) and fold_accents(last) not in listed_surnames():
            span = replace(span, type="PLACE", why="Name after “at” or “near”")
    if span.type not in ("PLACE", "PERSON", "WORKER") or (span.why not in UNSURE and span.type != "PLACE"):
        return span
    name, before = text[span.start : span.end], text[max(0, span.start - 40) : span.start]
    if SCHOOL_SAID.search(before) and not span.why.startswith("Town"):
        return replace(span, type="SCHOOL", why="School, by the words beside it")
    if HEADLESS.search(name) or span.why.startswith("Town"):
        return span
    if span.type != "PLACE" and LOT_FROM.search(before):
        span = replace(span, type="PLACE", why="Unknown name after “from”")
    person = span.type != "PLACE"  # `Zofia, Year 9`, `homework for Zofia`: no school
    said = SCHOOL_BEFORE.search(before) and not (person and ABOUT.search(before))
    if said or (not person and SCHOOL_AFTER.match(text[span.end : span.end + 40])):
        return replace(span, type="SCHOOL", why="School, by the words beside it")
    far = OUT_OF_SCHOOL.sub(" ", text[: span.start] + " " + text[span.end :])
    listed = span.why == "On the list of places" and len(name.split()) == 1
    if span.type == "PLACE" and not listed and SCHOOL_GOES.search(before) and SCHOOL_NEAR.search(far):
        return replace(span, type="SCHOOL", why="School, by the words beside it")
    return span


# After these the name is a school, not a street or person: `my school is Hollin Grove`.
SCHOOL_SAID = re.compile(
    r"\b(?:school(?:'s)? (?:is|was|is called|called|named)|(?:teachers?|pupils|lessons|y(?:ea)?r ?\d{1,2}) at|excluded from"
    r"|kicked out of)\s+$", I
)  # fmt: skip
LOT_FROM = re.compile(
    r"\b(?:kids|children|lads|girls|boys|people|ppl|folk|families|students|lot|crew|everyone) from\s+$", I
)
UNSURE = ("Unknown word with a capital",)


ROLE_AFTER = re.compile(
    r"^['’]s caseload\b|^,?\s+\(?(?:(?:from|in|at|on|of)\s+(?:the\s+|our\s+|your\s+|my\s+)?(?:[\w'’-]+\s+){0,2}?"
    r"(?:team|office|group|reception|transport|admissions|housing|facilities|hub|centre|support|services?"
    r"|school office|desk|clinic|club|library|charity|council|health|social care|early help|canteen|kitchen|department"
    r"|dept|lot|unit|project|library|youth \w+|front door|duty|security|finance|safeguarding|camhs|nhs|college office"
    r"|contact centre|breakfast club|food ?bank|surgery|chemist|pharmacy|virtual school)\b|the (?:cook|caretaker"
    r"|cleaner|escort|driver|nurse|manager|coach|librarian|warden|receptionist|dinner lady|counsellor)"
    r"|from (?:the )?Virtual School|from\s+(?!(?:[A-Z]\w+\s+){1,3}(?:Road|Street|Lane|Rise|Avenue|Close|High|School"
    r"|Academy|College|Primary|Park|Estate|Grove|Drive|Green|Hill|Moor|Court|Way|Place|Terrace)\b)[A-Z]\w+\s+[A-Z]"
    r"|\((?:health|police|education|housing|social care|school)\)|\((?i:ss?w|dsl|hv|iro|h?l?ta|yot|camhs|senco|ewo"
    r"|lado|head|deputy|manager|nurse|gp|chair)\)|who (?:chairs|runs?|ran|helps|leads|led|does the|drives the|teaches"
    r"|takes the|collects|brings|sorts|organises)|was the one running|runs (?:it|the|that|this)|(?:and"
    r"|&) (?:the )?(?:team|staff|colleagues)\b|(?:helps?|helped) (?:us|me)\b|(?:will|would) do the\b|(?:rang|phoned"
    r"|called) me back|picked up the phone|(?:is|are|was) off (?:till|until|sick)|comes? (?:of|on) (?:a )?\w+day)"
)
ROLE_BEFORE = re.compile(
    r"\b(?:(?:joint )?visits? with|colleagues?,?|security (?:bloke|guard|man|lady|woman|guy|fella)|(?:book|dinner|lollipop"
    r"|reviewing|office|reception|contact|library|swimming|taxi|bus|van|escort|support|training|panel|foodbank|food bank)"
    r" (?:lady|man|woman|bloke|girl|guy|fella|lad|ladies)|wardens?(?:'s)? (?:is |are )?called|workers?,|managers?,?"
    r"|worker is"
    r"|(?:lady|bloke|man|woman|guy|fella|girl) (?:on|at|from|in) (?:the )?\w+ (?:was |is |are )?(?:called|named)"
    r"|(?:supervised|assessed|referred|taught|coached|trained|supported) by|[Aa]llocated to|held by"
    r"|(?:the |help |nice |old )?lady,?|thank you to|(?:so i have|except|specially|especially|supervisor))\W{1,2}$", I
)  # fmt: skip
EARLIER = re.compile(
    r"\b(?:social|key|support|youth|link|outreach|play) workers?\b[^.!?]{0,40}[.!?:]\s*$|\b(?:workers?|pcso|nurse|teacher"
    r"|ta|driver|escort|coach|worker),\s+$|,\s+then\s+$", I
)  # fmt: skip


# A role right before or after a name in small letters: `my key worker is jo`, `sue my social worker`.
WORK = (
    r"(?:(?:key|social|support|youth|outreach|family|link|play|case|project|night)[ -]?worker|ta|lsa|teacher|nurse"
    r"|tutor|coach|mentor|counsell?or|caretaker|therapist|psychologist|driver|escort|manager|boss|leader|head ?teacher"
    r"|head of year|year head|deputy|pa|advis[eo]r|officer|pcso|iro|senco|receptionist|cleaner|cook|librarian|midwife"
    r"|health visitor|lollipop (?:lady|man)|dinner lady|dentist|doctor|gp|physio|supervisor|assistant|worker|guardian"
    r"|solicitor|interpreter|chair|trainer|instructor|advocate|ewo|elsa|ssw|chaplain|governor|paramedic|pharmacist"
    r"|optician|psychotherapist|matron|bursar|secretary|registrar|welfare officer|site manager|porter|hairdresser"
    r"|shopkeeper|co-?ordinator|facilitator|practitioner|safeguarding lead|dsl|keyworker)"
)
WORK_BEFORE = re.compile(rf"\b{WORK}(?:'s|,| is| was)?(?: called| named)?,?\s+$", I)
WORK_AFTER = re.compile(
    rf"^,?\s+(?:(?:is|was) (?:my|our|the|me)|my|our) (?:\w+ )?{WORK}\b|^,\s+(?:the|a) (?:\w+ )?{WORK}\b|^\s+the {WORK}\b",
    I,
)
ITS_WORK = re.compile(
    rf"^,?\s+(?:(?:is|was) (?:my|our|the|me)|my|our) (?:\w+ )?{WORK}\b|^,\s+(?:the|a) (?:\w+ )?{WORK}\b", I
)


def person_or_worker(text: str, start: int, end: int) -> str:
    """WORKER or PERSON, by the words beside the name."""
    sentence = max(text.rfind(mark, 0, start) for mark in ".!?\n") + 1
    before, after = text[max(sentence, start - 40) : start], _read_whole_words_after(text, end, 32)
    if BOND.search(before) and not WORKER.search(before[-16:]):
        return "PERSON" if not ROLE_BEFORE.search(before) else "WORKER"
    if WORKER.search(before + " " + after) or ROLE_AFTER.match(text[end : end + 48]) or ROLE_BEFORE.search(before):
        return "WORKER"
    if EARLIER.search(text[max(0, start - 80) : start]) or WORK_BEFORE.search(before) or WORK_AFTER.match(after):
        return "WORKER"
    if SERVES.match(text[end : end + 60]) and SERVED.search(text) and not OWN.search(text[sentence:start]):
        return "WORKER"
    return "PERSON"


def _read_whole_words_after(text: str, start: int, reach: int) -> str:
    """The text after a name without a word cut off at the end: `peel pa` is no personal adviser."""
    cut = text[start : start + reach]
    return re.sub(r"\w+$", "", cut) if text[start + reach : start + reach + 1].isalnum() else cut


# Acts of staff and volunteers, where a service is mentioned: `Kath helps us with the glue gun`.
SERVES = re.compile(
    r"^(?:\s+and\s+[A-Z][\w-]+)?\s+(?:brings?|lets? (?:me|us|you|the|them|kids|everyone)|doesn?['’]?t let"
    r"|won?['’]?t let|takes? us|took us|helps?|helped|knows us|knows every|drove|(?:was|were) (?:so |very "
    r"|really )?helpful|gets us|gave us|gives us|does (?:the|our)|sorted|rang|listens|listened|said (?:she|he"
    r"|they)(?:['’]d| would)|puts|spotted|fixed|taught|teaches|runs|ran|made us|picked up|filled|explained|got me"
    r"|never judges|is (?:a legend|sound|safe)|was (?:a legend|sound|safe|the best))\b", I
)  # fmt: skip
SERVED = re.compile(
    r"\b(?:club|hub|centre|group|sessions?|office|team|appointment|services?|drop[- ]in|nursery|clinic|contact|charity"
    r"|chemist|library|food ?bank|boxing|gym|crafts?|swimming|course|meetings?|panel|workers?|respite|carers"
    r"|consultation|hostel|camhs|tutor|detached|volunteer\w*|madrass?a\w*|lounge|project|support|council|playgroup"
    r"|college|pru|report)\b", I
)  # fmt: skip
OWN = re.compile(rf"\b(?:{BONDS}|mum|dad|nan|me|our)\b", I)
