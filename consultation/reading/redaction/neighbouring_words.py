"""Tells staff from other people by the words beside a name."""

import re

from consultation.reading.redaction.person_vocabulary import BOND, BONDS, WORKER

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
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
