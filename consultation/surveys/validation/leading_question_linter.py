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
FEELS = r"(?:like|love|enjoy|hate|dislike|value|appreciate|trust|worry|fear)"

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
        r"\bobviously\b|\bof course\b|\bas (?:we|you) all know\b|\bas everyone knows\b|^(?:clearly|surely|"
        r"naturally),? ",
        r"\b(?:everyone|everybody|most people|nobody|experts|doctors|scientists|many people|most young people) "
        r"(?:knows?|agrees?|thinks?|says?|believes?|wants?) (?:that|it|this|the)\b",
        r"^like (?:most|many|other) (?:people|children|young people|parents)\b",
        r"^given (?:that|how)\b|\bstop (?:wasting|ignoring|failing|neglecting)\b",
        r"\bit is (?:clear|obvious|well known|important) that\b|\b(?:research|evidence|studies) (?:shows?|proves?)\b",
    ): "It says what to think before it asks. Leave that part out.",
    compile_any(rf"\b(?:our|the|this|these|such an?|your) (?:\w+ )?{LOADED} (?!or\b|and\b|for\b|at\b|enough\b)\w+"): (
        "The thing is praised or blamed before anyone can say. Take “{word}” out."
    ),
    compile_any(r"\bwhy (?:is|are|was|were|do|does|did) (?:\S+ ){1,6}?so (?!that\b|many\b|much\b|few\b|far\b)\w+"): (
        "It takes for granted that it is so. First ask whether, and show this only to those who say so."
    ),
}  # fmt: skip
CHANGED_HOW = compile_any(
    rf"\bhow much (?:better|worse|safer|happier|easier|harder|(?:more|less) {MILD}) "
    r"(?:is|was|are|were|do|does|did|has|have)\b"
)
STRONG_HOW = compile_any(rf"\bhow (?:very |really )?{STRONG} {IS}\b")
MILD_HOW = compile_any(
    rf"\bhow (?:very |really )?{MILD} {IS}\b",
    rf"\bhow much (?:do|did|would|does) (?:you|your child|they) (?:\w+ly )?{FEELS}\b",
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
FIRST_WHETHER = "It takes for granted that they do. First ask whether, and show this only to those who say so."


def find_leading_words(text: str) -> tuple[str, str]:
    """(words, fix) of text that leads whatever its answers are; empty strings if it does not."""
    for sentence in split_sentences(blank_quotations(text)):
        for pattern, fix in LEANS.items():
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
        asked_of_all = not one.value["show_if"]["of"] and not BALANCED.search(words.text)
        if not found and asked_of_all and (match := WHY_FEEL.search(words.text)):
            found, fix = match[0], FIRST_WHETHER
        if found:
            yield words.spot(found, fix=fix)
