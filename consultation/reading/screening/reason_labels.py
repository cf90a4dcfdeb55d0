"""Labels for the reasons of a flag, as readers see them: plain words, never a verdict."""

from consultation.reading.screening.indicator_rules import RuleMatch, load_indicator_rules

TOGETHER = {
    "harmer-body": "A person and being touched, in one place",
    "body-fear": "Being touched or watched, and fear",
    "harmer-injury": "A person and an injury, in one place",
    "injury-child": "An injury to a child or young person",
    "death-first-person": "Words about dying or not being here",
    "run-harmer": "Away from home, and someone older",
    "run-first": "Away from home, and fear",
    "gives-harmer-place": "Gifts, a person and a place together",
    "gives-fear": "Gifts or debts, and fear",
    "harmer-secret": "A person and a secret",
    "crime-fear": "Carrying, debts or weapons, and fear",
    "crime-gives": "Carrying or holding, and being paid or in debt",
    "crime-harmer": "Someone has a young person carry or hold things",
    "image-harmer": "Pictures or videos, and a person",
    "contact-harmer-secret": "Messages and a secret",
    "contact-harmer-child": "Someone messages a child",
    "help": "Does not know whom to tell",
    "marry": "A marriage or a journey, and fear",
    "neglect": "A child left without care",
    "fear-home": "Afraid of someone",
    "strong-harmer-child": "Someone older and a child",
    "child-place-harmer": "Someone, a child and a place together",
}
AFRAID_OF_BEING_FOUND_OUT = range(23, 29)  # help-request phrases such as "nobody knows", "don't tell my mum"


def label_for_match(hit: RuleMatch) -> str:
    category, _, number = hit.rule.rpartition("-")
    if category == "help-request" and number.isdigit() and int(number) in AFRAID_OF_BEING_FOUND_OUT:
        return "Afraid that someone finds out"
    return TOGETHER.get(hit.rule) or load_indicator_rules().labels.get(hit.category, hit.category)
