"""S5: wording that blames the child. It is advice only, because an officer may have a reason for it."""

from collections.abc import Iterator

from consultation.surveys.validation.linted_draft import LintedDraft
from consultation.surveys.validation.linter import FindingSpot, register_linter
from consultation.surveys.validation.phrases import blank_quotations, compile_any, list_matches

SELF = r"(?:themselves|themself|herself|himself|yourself|yourselves|myself)"
INSTEAD = {
    rf"(?:put(?:s|ting)?|plac(?:e|es|ed|ing)|expos(?:e|es|ed|ing)) {SELF} (?:at|in|to) (?:risk|danger|"
    rf"harm)": "may be harmed by others",
    r"life-?style choices?|choice of life-?style": "what was done to them",
    r"street-?wise": "used to looking after themselves",
    r"promiscuous|promiscuity": "what others did",
    r"child prostitut\w+|prostitut(?:e|es|ed|ing) (?:herself|himself|themselves)|underage sex": "was exploited",
    r"child porn\w*": "pictures of a child being hurt",
    r"(?:mak(?:e|es|ing)|made|making) (?:bad|poor|unwise|unsafe|risky|"
    r"wrong) choices": "what adults around them could do",
    r"attention[- ]seeking": "asks for help in their own way",
    r"(?:was|were|is|are) asking for it|led (?:him|her|them) on": "was hurt by someone",
    r"sexually (?:active|experienced|available)|sexual(?:ly)? experiment\w*": "what others did",
    r"(?:chose|choosing|chooses) to (?:go missing|run away|stay with|meet (?:him|her|them|men))": "went missing",
    r"absconded|absconding|absconders?|absconds": "went missing, or was away without someone knowing where",
    r"(?:refus(?:es?|ed|ing)|fail(?:s|ed|ing)?) to engage|non[- ]engag\w+|difficult to engage|"
    r"hard[- ]to[- ]reach": "we have not reached them yet",
    r"(?:sell(?:s|ing)?|sold|swap(?:s|ping|ped)?|trad(?:e|es|ing)) (?:sex|their bod(?:y|ies)|her body|"
    r"his body)": "was exploited",
    r"provocative(?:ly)? (?:dress\w*|cloth\w*|behav\w*)|dress(?:es|ed|"
    r"ing)? provocatively": "leave it out: how someone dresses explains nothing",
    r"(?:beyond|out of) (?:parental |her parents' |his parents' )?control": "in danger from others",
    r"drug (?:runners?|mules?)|running drugs": "made to carry drugs",
    r"troubled (?:teen\w*|young people|youths?|kids|families)|problem (?:teen\w*|youths?|kids|"
    r"families)": "young people, families",
    r"involved in (?:child )?(?:sexual exploitation|exploitation|cse|county lines)": "is being exploited",
}  # fmt: skip
BLAME = {compile_any(rf"\b{words}\b"): instead for words, instead in INSTEAD.items()}


@register_linter(
    "blame",
    title="These words put the blame on the child",
    reason="A child who reads them hears that it was their fault, and does not tell. The person who harms is to blame.",
    fix="Say what others did, or what adults can do.",
)
def lint_blaming_words(draft: LintedDraft) -> Iterator[FindingSpot]:
    for words in draft.words():
        for pattern, instead in BLAME.items():
            for found in list_matches(pattern, blank_quotations(words.text)):
                yield words.spot(found, fix=f"Say it another way: {instead}.")
