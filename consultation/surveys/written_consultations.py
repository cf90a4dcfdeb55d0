"""Converts consultations written in YAML to the blocks and fields of a page."""

from dataclasses import dataclass, field
from typing import Any

from consultation.surveys.condition_blocks import build_rule_value
from consultation.surveys.type_registry import find_type

TYPES = {"band": "about"}
# Fields with the same name in the YAML and in a block.
OWN = (
    "max_length", "soon_box", "rank", "limit", "apart", "several", "pictogram", "low", "high", "least", "most",
    "first_year", "last_year", "pairs", "place_types",
    "not_for_groups",
)  # fmt: skip
# Texts of single question types: {block field: its name in a translation}.
ENDS = {"low_label": "low", "high_label": "high", "unit": "unit"}
FIELDS = {"text": "text", "easy_read": "easy", "hint": "hint", "hint_easy_read": "hint_easy", "why_we_ask": "why"}
SAID = {"easy": "easy", "text": "text", "hint": "hint", "hint_easy": "hint_easy", "why": "why"}
PAGE_STRINGS = {
    "title": "title",
    "summary": "summary",
    "summary_easy": "summary_easy",
    "role": "decision_role",
    "can": "can_change",
    "can_easy": "can_change_easy",
    "cannot": "cannot_change",
    "cannot_easy": "cannot_change_easy",
}


def build_body_blocks(data, strings=None):
    """The raw stream of a page's body, in the `strings` of a translation where it has them."""
    says = (strings or {}).get
    sections = {section["id"]: section for section in data["sections"]}
    blocks, current = [], None
    for question in data["questions"]:
        if question["section"] != current:
            current = question["section"]
            blocks.append(_build_section(sections[current], says))
        blocks.append(_build_question(question, says, data.get("pictures", {})))
    return blocks


def build_translated_fields(strings):
    return {field: strings[name] for name, field in PAGE_STRINGS.items() if strings.get(name)}


def _build_section(section, says):
    path = f"sec.{section['id']}"
    value = {"text": says(path) or section["title"], "sensitive": bool(section.get("sensitive"))}
    value["level"] = str(section.get("level", 1))
    value |= {name: says(f"{path}.{name}") or section.get(name, "") for name in ("body", "body_easy")}
    value["show_if"] = build_rule_value(section.get("show_if"))
    # The prefix keeps a section's id distinct from a question of the same name.
    return {"type": "section", "id": f"section-{section['id']}", "value": value}


def _build_question(question, says, pictures):
    """`pictures`: {name in the YAML: id of the library picture}."""
    path = f"q.{question['id']}"
    own = find_type(TYPES.get(question["type"], question["type"]))
    about_you = own.about_you or ("age" if question["id"] == "age" else "other")
    value = {field: question.get(name, "") for name, field in FIELDS.items()}
    value |= {field: said for name, field in SAID.items() if (said := says(f"{path}.{name}"))}
    help_said = says(f"{path}.h")
    help_rules = [
        {"any_of": rule["any_of"], "text": help_said or rule["text"], "entries": rule["entries"]}
        for rule in question.get("help_by_answer", ())
    ]
    value |= {
        "dont_know": "dont-know" in question.get("also_offers", ()),
        "rather_not": "rather-not" in question.get("also_offers", ("rather-not",)),
        "sensitive": bool(question.get("sensitive")),
        "online": "online-activity" in question.get("context", ()),
        "about_you": about_you if question.get("about_you") else "",
        "links": [f"{link['strand']}/{link['sub_point']}" for link in question.get("links", ())],
        "themes": question.get("themes", []),
        "show_if": build_rule_value(question.get("show_if")),
        "help_by_answer": [
            {"type": "item", "id": f"{place}", "value": rule} for place, rule in enumerate(help_rules, start=1)
        ],
    }
    value |= {name: question[name] for name in OWN if name in question}
    value |= {field: says(f"{path}.{name}") or question[field] for field, name in ENDS.items() if field in question}
    value |= own.read_written(question, WrittenChoices(path, says, pictures))
    return {"type": own.name, "id": question["id"], "value": value}


@dataclass(frozen=True)
class WrittenChoices:
    """Builds list items of a question's choices, rows or bands, in the strings of a translation."""

    path: str
    says: Any
    pictures: dict = field(default_factory=dict)

    def translate(self, id_, part="o"):
        return self.says(f"{self.path}.{part}.{id_}")

    def build_item(self, choice, value):
        return {"type": "item", "id": choice["id"], "value": value}

    def build(self, choices, part="o", other=""):
        return [self.build_item(choice, self._build_value(choice, part, other)) for choice in choices]

    def _build_value(self, choice, part, other):
        text = self.translate(choice["id"], part) or other and self.translate(choice["id"], other) or choice["text"]
        value = {"text": text, "easy": choice.get("easy_read", "")}
        value |= {name: choice[name] for name in ("exclusive", "other", "pictogram") if name in choice}
        if "picture" in choice:
            value["alt"] = self.translate(f"{choice['id']}.alt", part) or choice["alt"]
            value["picture"] = self.pictures.get(choice["picture"])
        return value
