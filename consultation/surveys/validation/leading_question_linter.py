"""Leading questions: towards yes, towards good or bad, or by appeal to what everyone thinks."""

import re
from collections.abc import Iterator

from consultation.surveys.type_registry import find_type
from consultation.surveys.validation.linted_draft import DraftBlock, LintedDraft
from consultation.surveys.validation.linter import FindingSpot, register_linter
from consultation.surveys.validation.phrases import blank_quotations, compile_any, split_sentences

LOADED = (
    r"(?:great|wonderful|amazing|brilliant|excellent|fantastic|awesome|lovely|perfect|outstanding|awful|"
    r"terrible|horrible|"
    r"dreadful|appalling|shocking|disgraceful|disappointing|pointless|useless|boring|scary|frightening|annoying)"
)
STRONG = rf"(?:good|bad|{LOADED})"
MILD = (
    r"(?:safe|unsafe|helpful|unhelpful|useful|important|easy|hard|difficult|happy|unhappy|satisfied|pleased|"
    r"friendly|kind|"
    r"welcome|dangerous|worried|clear|comfortable|confident|interested|interesting|proud|fair|unfair|clean|dirty|fun)"
)
IS = r"(?:is|was|are|were|do|does|did|has|have|would|will|can|could|it)"
YOU = r"(?:you|we|they|it|the|your|our|people|young people|everyone|this|that|these|those|there|he|she|i)"
ISNT = r"(?:don|doesn|isn|aren|wouldn|shouldn|couldn|didn|haven|hasn|wasn|weren|won|can|ain)'t"
ALL = r"every|all|any|most|children|parents|adults|girls|boys"
# “Most children say …”, “9 out of 10 parents want …”: present opinions. What people said in the last round is feedback.
MANY = (
    r"(?:(?:nearly|almost|practically) )?(?:everyone|everybody|nobody|no one|all|most|many|lots of|a lot of|plenty of|"
    r"(?:the |a )?(?:\w+ )?majority of|\w+ (?:out of|in every) \w+|\d+ in \d+|\d+ ?(?:%|per ?cent)(?: of)?)"
)
AUTHORITIES = r"(?:experts|doctors|scientists|specialists|researchers|research|evidence|studies)"
OPINION = r"(?:know|agree|think|say|believe|want|love|like|prefer|hate|accept|support|show|prove)s?"
BETWEEN = (
    r"(?: (?!(?:can|could|may|might|should|must|will|would|ha[sd]|have|do|does|did|is|are|was|were|needs?|to|who|that|"
    r"which|or|and|find|learn)\b)\S+){0,4}?"
)
PRAISED = (
    r"(?:\w+ )?(?:good|sensible|decent|reasonable|responsible|caring|loving|honest|normal|thinking) "
    r"(?:person|people|parents?|mums?|dads?|carers?|child|children|adults?|friends?|teachers?|workers?|doctors?|nurses?|"
    r"drivers?|citizens?|neighbours?|residents?|pupils?|students?|m[ae]n|wom[ae]n|boys?|girls?|professionals?)"
)
FEELS = r"(?:like|love|enjoy|hate|dislike|value|appreciate|trust|worry|fear)"

SAYS_WHAT_TO_THINK = "It says what to think before it asks. Leave that part out."
LEANS = {
    compile_any(rf"^(?:so |but |and )?{ISNT} (?:{YOU}|{ALL})\b",
        rf"^(?:so |but )?(?:do|would|is|are|should|did) {YOU} not\b"): (
        "“Don't you …” expects a yes. Ask “Do you …, or not?”."
    ),
    compile_any(
        rf", (?:{ISNT}|right|correct|innit|no|yes|okay|agreed|eh)(?: {YOU})?\s?\?$",
        r", (?:is it|are they|do you|does it|did you) \?$|, (?:is it|are they)\?$",
    ): "The little question at the end expects a yes. End after the question itself.",
    compile_any(
        r"\b(?:do|would|did) (?:you|people|parents|young people) (?:\w+ly )?agree (?:that|with)\b",
        r"\bwould you (?:\w+ly )?(?:say|agree) that\b",
        r"\b(?:do|would) you (?:support|back|welcome) (?:our|the|this|these|a|an)\b",
        r"\bare you in favour of\b(?!.*\b(?:or|against)\b)",
    ): "Only one side is named. Ask “Do you agree or disagree …”, or “What do you think of …?”.",
    compile_any(
        r"\bobviously\b|\bof course\b|(?<!far )\bas (?:we|you)(?: all)? know\b|^(?:clearly|surely|naturally),? ",
        r"^like (?:most|many|other|any|every|all) (?:\w+ )?(?:people|children|young people|parents)\b",
        rf"\b{AUTHORITIES} {OPINION} (?:that|it|this|the)\b",
        r"^given (?:that|how)\b|\bstop (?:wasting|ignoring|failing|neglecting)\b",
        r"\bit is (?:clear|obvious|well known|important) that\b",
    ): SAYS_WHAT_TO_THINK,
    compile_any(rf"^(?:so |but |and )?(?:would|should|could|do|does|will) (?:an?|any|every|all|no|most) {PRAISED}\b"): (
        "To say no, people would have to call themselves bad. Ask what they think, without judging who thinks it."
    ),
    compile_any(
        r"\bcan you (?:not |now |also )?(?:see|understand) (?:why|how (?:important|hard|much))\b(?!.*\bor\b)",
        r"\b(?:can|could|do|would|will) you (?:not |now |also )?(?:accept|admit|realise|appreciate) (?:that|how|why)\b"
        r"(?!.*\bor\b)",
    ): "It gives a reason and asks people to go along with it. Say the reason apart, and ask what they think.",
    compile_any(rf"\b(?:our|the|this|these|such an?|your) (?:\w+ )?{LOADED} (?!or\b|and\b|for\b|at\b|enough\b)\w+"): (
        "The thing is praised or blamed before anyone can say. Take “{word}” out."
    ),
}  # fmt: skip
# Before a question only: the same statement by itself may be there to agree or disagree with.
APPEALS = {compile_any(rf"(?:^|[,;:] )(?:as |because |since )?{MANY}{BETWEEN} {OPINION}\b"): SAYS_WHAT_TO_THINK}
CHANGED_HOW = compile_any(
    rf"\bhow much (?:better|worse|safer|happier|easier|harder|(?:more|less) {MILD}) "
    r"(?:is|was|are|were|do|does|did|has|have)\b"
)
STRONG_HOW = compile_any(rf"\bhow (?:very |really )?{STRONG} {IS}\b")
MILD_HOW = compile_any(
    rf"\bhow (?:very |really )?{MILD} {IS}\b",
    rf"\bhow much (?:do|did|would|does) (?:you|your child|they) (?:\w+ly )?{FEELS}\b",
)
WHY_SO = compile_any(
    r"\bwhy (?:is|are|was|were|do|does|did) (?:\S+ ){1,8}?(?:so|such|too) (?!that\b|many\b|much\b|few\b|far\b|as\b)\w+"
)
WHY_FEEL = compile_any(
    rf"\bwhy (?:do|did|does|would) (?:you|they|your child) (?:\w+ly )?{FEELS}\b",
    r"\bwhat (?:problems|difficulties|issues|trouble) (?:do|did|have|has) (?:you|your child)\b(?!.*\bif any)",
)
BALANCED = re.compile(r"\bor\b", re.IGNORECASE)
OTHER_END = re.compile(
    r"\b(?:not|no|never|none|nothing|hardly|un\w+|dis\w+|bad|badly|poor|poorly|hard|less|little|hate|sad|"
    r"rarely)\b", re.IGNORECASE
)  # fmt: skip
CHANGED = "It takes for granted that something changed. Ask whether it is better, the same or worse."
BOTH_ENDS = "Name both ends: “How {word} or …”."
FIRST_WHETHER = "It takes for granted that it is so. First ask whether, and show this only to those who say so."


def find_leading_words(text: str) -> tuple[str, str]:
    """(words, fix) of text that leads whatever its answers are; empty strings if it does not."""
    for sentence in split_sentences(blank_quotations(text)):
        for pattern, fix in (LEANS | APPEALS if "?" in text else LEANS).items():
            if match := pattern.search(sentence):
                loaded = re.search(LOADED, match[0], re.IGNORECASE)
                return match[0].strip(), fix.format(word=loaded[0] if loaded else "")
    return "", ""


def find_one_ended_words(text: str, offers_both: bool) -> tuple[str, str]:
    for sentence in split_sentences(blank_quotations(text)):
        if changed := CHANGED_HOW.search(sentence):
            return changed[0], CHANGED
        match = STRONG_HOW.search(sentence) or (not offers_both and MILD_HOW.search(sentence))
        if match and not BALANCED.search(sentence):
            return match[0].strip(), BOTH_ENDS.format(word=match[0].split()[-2])
    return "", ""


def find_taken_for_granted(text: str) -> str:
    match = WHY_SO.search(text) or (not BALANCED.search(text) and WHY_FEEL.search(text))
    return match[0] if match else ""


def has_both_ends(one: DraftBlock) -> bool:
    """Whether the answers have two ends, so that a question naming one end still allows the other."""
    both = find_type(one.type).both_ends
    return both if both is not None else any(OTHER_END.search(text) for text in one.choice_texts)


@register_linter(
    "leading",
    title="This question leads to one answer",
    reason="People, and children most of all, give the answer that a question expects. Then we hear ourselves.",
    fix="Ask evenly, with both ends named, and without your own view.",
    blocks=True,
)
def lint_leading_questions(draft: LintedDraft) -> Iterator[FindingSpot]:
    for one, words in draft.questions():
        found, fix = find_leading_words(words.text) if not find_type(one.type).is_statement else ("", "")
        if not found:
            found, fix = find_one_ended_words(words.text, has_both_ends(one))
        if not found and not one.value["show_if"]["of"] and (taken := find_taken_for_granted(words.text)):
            found, fix = taken, FIRST_WHETHER
        if found:
            yield words.spot(found, fix=fix)
