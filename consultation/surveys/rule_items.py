"""Editor blocks as questionnaire items without texts: all that routing rules need."""

from consultation.surveys.condition_blocks import build_rule
from consultation.surveys.stable_keys import KeyRegistry, spell_number
from consultation.surveys.type_registry import find_type

NON_RESPONSE_FIELDS = {"dont_know": "dont-know", "rather_not": "rather-not"}


def build_rule_items(children):
    """The items of a stream's children. An unsaved block has no id, so no condition can refer to it."""
    return [_build_rule_item(child, f"unsaved {place}") for place, child in enumerate(children)]


def _build_rule_item(child, nameless):
    value, given = child.value, KeyRegistry(spell_number)
    options = find_type(child.block_type).build_wordless_options(child)
    return {
        "id": child.id or nameless,
        "key": child.id or nameless,
        "type": child.block_type,
        "level": int(value.get("level") or 1),
        "options": [{"id": id_, "key": given.key(id_)} | option for id_, option in options],
        "also": [name for field, name in NON_RESPONSE_FIELDS.items() if value.get(field)],
        "rows": list(getattr(value.get("rows"), "bound_blocks", ())),
        "rank": value.get("rank"),
        "limit": value.get("limit"),
        "several": bool(value.get("several")),
        "apart": bool(value.get("apart")),
        "help": [{"any_of": list(rule["any_of"])} for rule in value.get("help_by_answer") or ()],
        "show_if": build_rule(value["show_if"]),
    }
