"""Blocks for "show only if": conditions on earlier answers, joined by "all" or "any", and groups of conditions."""

from wagtail import blocks

from consultation.surveys.id_blocks import IdBlock, IdsBlock
from consultation.surveys.routing_rules import KINDS

HOW = [("any_of", "is one of these"), ("none_of", "is none of these"), ("all_of", "includes all of these")]
JOINS = [("any", "Any one of these is enough"), ("all", "All of these must be true")]


class ConditionBlock(blocks.StructBlock):
    """One earlier question and the stable ids of the answers that satisfy the condition."""

    question = IdBlock(required=True, pick="question", label="The answer to")
    how = blocks.ChoiceBlock(
        choices=HOW,
        default="any_of",
        label="Which answers",
        help_text="“Is none of these” counts people who saw the question and left it empty, too.",
    )
    any_of = IdsBlock(required=True, pick="answers", label="These answers")

    class Meta:
        icon = "view"
        label = "Condition"
        label_format = ""


def build_join_block():
    return blocks.ChoiceBlock(choices=JOINS, default="any", label="How they belong together")


class JoinedConditionsBlock(blocks.StructBlock):
    """Conditions under `of`, and how they are joined. Older drafts store a plain list, which means "any"."""

    def normalize(self, value):
        return super().normalize(_add_missing_join(value))

    def to_python(self, value):
        return super().to_python(_add_missing_join(value))

    def bulk_to_python(self, values):
        return super().bulk_to_python([_add_missing_join(value) for value in values])


def _add_missing_join(value):
    return {"join": "any", "of": value} if isinstance(value, list | tuple) else value


class ConditionGroupBlock(JoinedConditionsBlock):
    """Conditions that count as one, such as an "all" group inside an "any" rule."""

    join = build_join_block()
    of = blocks.ListBlock(ConditionBlock(), label="Conditions of the group")

    class Meta:
        icon = "folder-open-inverse"
        label = "Group"
        label_format = ""


class ConditionsBlock(blocks.StreamBlock):
    item = ConditionBlock()  # the name that list items are stored under
    group = ConditionGroupBlock()


class RuleBlock(JoinedConditionsBlock):
    join = build_join_block()
    of = ConditionsBlock(required=False, label="Conditions")

    class Meta:
        icon = "view"
        label_format = ""


def build_show_if_block(thing="question"):
    return RuleBlock(label="Show only if", help_text=f"Leave empty to show this {thing} to everyone.")


def build_rule(value):
    """The RULE (see routing_rules) of a RuleBlock's value; unfinished conditions are skipped, None if none is left."""
    found = [rule for child in value["of"] if (rule := build_child_rule(child))]
    if len(found) > 1:
        return {value["join"]: found}
    return found[0] if found else None


def build_child_rule(child):
    """The RULE of one condition or group; None while it is unfinished."""
    value = getattr(child, "value", child)
    if "of" in value:
        return build_rule(value)
    whole = value["question"] and value["any_of"]
    return {"question": value["question"], value["how"]: list(value["any_of"])} if whole else None


def build_rule_value(rule):
    """The raw RuleBlock value for a RULE. Groups hold conditions, not groups."""
    join, rules = _split_join(rule)
    children = [("item", _build_condition_value(one)) if "question" in one else _build_group(one) for one in rules]
    return {"join": join, "of": _number_children(children)}


def _split_join(rule):
    if not rule:
        return "any", []
    joined = next((name for name in ("any", "all") if name in rule), None)
    return (joined, rule[joined]) if joined else ("any", [rule])


def _build_group(rule):
    join, rules = _split_join(rule)
    return "group", {"join": join, "of": _number_children([("item", _build_condition_value(one)) for one in rules])}


def _build_condition_value(rule):
    """In files, `any_row_in` is `any_of` for a grid."""
    how = next((name for name in KINDS if name in rule), "any_of")
    return {"question": rule["question"], "how": how, "any_of": rule.get(how) or rule["any_row_in"]}


def _number_children(children):
    return [
        {"type": type_, "id": f"{place}", "value": value} for place, (type_, value) in enumerate(children, start=1)
    ]
