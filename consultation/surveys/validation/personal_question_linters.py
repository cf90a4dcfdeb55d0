"""S4: linters for questions that ask who a person is, what they look like, or what happened."""

from collections.abc import Iterator

from consultation.surveys.validation.event_model import find_event_in_choice, find_event_question
from consultation.surveys.validation.linted_draft import DraftBlock, DraftText, LintedDraft
from consultation.surveys.validation.linter import FindingSpot, OverridePermission, register_linter
from consultation.surveys.validation.phrases import compile_any, find_asked_words

PEOPLE = (
    r"(?:(?:social worker|youth worker|key worker|support worker|worker|teacher|doctor|nurse|officer|manager|adult|person|"
    r"boy|girl|friend|boyfriend|girlfriend|partner|parent|carer|mum|dad|mother|father|brother|sister|driver|abuser|"
    r"attacker|offender|suspect|victim)s?|"
    r"people|man|men|woman|women|child|children|someone|anyone|somebody|everyone)"
)
HARM = (
    r"(?:hurt|harm(?:ed)?|hit|touched|abused?|attack(?:ed)?|assault(?:ed)?|groomed|exploited|raped|forced|"
    r"threatened|bullied|"
    r"blackmail(?:ed)?|beaten|trafficked|slapped|kicked|punched|molested|stalked)"
)
ONE = r"(?:he|she|the person|this person|that person|the (?:man|woman|adult|driver|others?)|someone|anyone)"
THEM = rf"(?:they|the people|{ONE})"
ASK = (
    r"(?:^|\b(?:what(?:'s| is| was| are| were)|which(?: is| was)?|give|tell|write|say|share|list|type|enter|put|"
    r"add|include|note)"
    r"(?: us| down| in)? )"
)
NAME = compile_any(
    rf"{ASK}(?:the )?(?:full )?names? of (?:the |your |an? |any |each |that |this |all )?(?:\w+ )?{PEOPLE}\b",
    rf"\bname (?:the|your|an?|any|one|each|that|this|all)? ?(?:\w+ )?{PEOPLE}\b",
    rf"{ASK}(?:his|her|their|the (?:\w+ )?{PEOPLE}'s?|your (?:\w+ )?{PEOPLE}'s?) (?:full |first |last |real |"
    rf"sur)?names?\b",
    rf"{ASK}your (?:full |first |last |own |real |sur)?names?\b(?! for\b)",
    rf"\bwhat (?:is|was|are|were) (?:your|his|her|their|the) (?:\w+ )?{PEOPLE} called\b",
    r"(?<!people )(?<!those )(?<!adults )(?<!person )(?<!someone )(?<!anyone )(?<!children )"
    rf"\bwho (?:{HARM}|did (?:this|that|it))\b",
)
PROPOSED = r"(?:should|could|would|can|will|might|may|must)"  # asks who is to help, not who did something
# For open questions only: with roles as choices, the same question identifies nobody.
OPEN_WHO = compile_any(
    r"^(?:and |so )?which (?:\w+ )?"
    r"(?:(?:worker|teacher|adult|person|officer|doctor|nurse|driver|friend)s?|m[ae]n|wom[ae]n)\b"
    rf"(?!(?: \w+){{0,3}} {PROPOSED}\b)",
    rf"^(?:and |so )?who (?!{PROPOSED}|else|do you think|in your view)\w+",
)
LOOK = compile_any(
    rf"(?<!would you )(?<!do you )\bdescribe (?:him|her|them|how {THEM} look|(?:the |your |an? |any |that )?"
    rf"(?!(?:ideal|perfect|dream|good|great|best|kind)\b)(?:\w+ )?{PEOPLE})\b",
    r"\bdescribe (?:the|his|her|their) (?:car|van|vehicle)\b",
    rf"\bwhat (?:did|does|do) (?:{THEM}|(?:your|the) (?:\w+ )?{PEOPLE}) look like\b",
    rf"\b(?:was|were|is|are) {THEM} wearing\b",
    r"\bhow old (?:was|is|were|are) (?:he|she|they|the (?:person|man|woman|adult))\b",
    r"\b(?:hair|eye|skin) colou?r\b|\bcolou?r (?:of|was|is) (?:his|her|their) (?:hair|eyes|skin)\b",
    rf"{ASK}(?:the |its |their |his |her )?(?:(?:car|taxi|van|vehicle)'s )?(?:number|licen[cs]e|"
    rf"registration) plates?\b",
    rf"{ASK}(?:the |its |their |his |her )?(?:car|vehicle|van|taxi)(?:'s)? registration\b",
    rf"\bwhat (?:car|vehicle|van) (?:did|does|do|was|were|is|are) {THEM}\b",
    rf"\bwhere (?:does|do|did) {THEM} live\b",
)
CONTACT = compile_any(
    rf"{ASK}your (?:full |home |own |mobile |exact )?(?:address|postcode|e-?mail(?: address)?|phone number|"
    rf"mobile number|"
    r"telephone number|date of birth|birthday|school|street|house number|nhs number|social media (?:name|"
    r"handle)|user ?name|"
    r"snapchat|instagram)\b",
    r"\b(?:which|what) (?:school|street|road|house) do(?:es)? (?:you|your child) (?:go to|attend|live)\b",
    rf"{ASK}(?:the )?name of your (?:school|street|class|form)\b",
)


@register_linter(
    "person",
    title="This asks who a person is, or what they look like",
    reason="An answer would name or describe someone. We promise that nobody has to, and we could not keep it safe.",
    fix="Ask about places, times or services: “What would have helped you?”, not “Who was it?”. Or give choices of roles.",
    blocks=True,
    overriding=OverridePermission.LEAD,
)
def lint_identifying_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    for one in draft.asked:
        for words in one.words:
            asks_openly = one.is_open and words.field in ("text", "easy")
            for pattern in (NAME, LOOK, CONTACT, OPEN_WHO) if asks_openly else (NAME, LOOK, CONTACT):
                if found := find_asked_words(pattern, words.text):
                    yield words.spot(found)
                    break


@register_linter(
    "event",
    title="This asks what happened",
    reason="A survey is no place to tell of harm: nobody is there to answer, and a question can hurt or harm a case.",
    fix="Ask instead: “Is there an adult you could tell if somebody hurt you?”, “Would you know what to do if somebody "
    "asked for something that felt wrong?”, or “What help should there be for someone your age?”. People who want to tell "
    "can ask for contact.",
    blocks=True,
    overriding=OverridePermission.LEAD,
)
def lint_event_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    for one in draft.asked:
        for words in one.words:
            if found := _find_event(one, words):
                yield words.spot(found)


def _find_event(one: DraftBlock, words: DraftText) -> str:
    if words.field == "options":
        return find_event_in_choice(words.text, one.text)
    return find_event_question(words.text, only_if_it_asks=words.field not in ("text", "easy", "rows"))
