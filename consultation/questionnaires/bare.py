"""Editor blocks as questionnaire items without texts: all that routing rules need."""

from consultation.questionnaires.condition_blocks import rule_of
from consultation.questionnaires.keys import Given, number
from consultation.questionnaires.option_contents import options

APART = {"dont_know": "dont-know", "rather_not": "rather-not"}


class NoWords:
    languages = ()

    def __call__(self, *path):
        return {}


def bare_items(children):
    """The items of a stream's children. An unsaved block has no id, so no condition can refer to it."""
    return [_bare(child, f"unsaved {place}") for place, child in enumerate(children)]


def _bare(child, nameless):
    value = child.value
    return {
        "id": child.id or nameless,
        "key": child.id or nameless,
        "type": child.block_type,
        "level": int(value.get("level") or 1),
        "options": _options(child),
        "also": [name for field, name in APART.items() if value.get(field)],
        "rows": list(getattr(value.get("rows"), "bound_blocks", ())),
        "rank": value.get("rank"),
        "limit": value.get("limit"),
        "several": bool(value.get("several")),
        "apart": bool(value.get("apart")),
        "help": [{"any_of": list(rule["any_of"])} for rule in value.get("help_by_answer") or ()],
        "show_if": rule_of(value["show_if"]),
    }


def _options(child):
    """Picture choices are copied here, because building their content is slow and may store a file."""
    given = Given(number)
    written = getattr(child.value.get("options"), "bound_blocks", ())
    if child.block_type == "pictures":
        return [
            {"id": one.id, "key": given.key(one.id), "exclusive": bool(one.value.get("exclusive"))} for one in written
        ]
    return options(child, NoWords(), given)
