"""Routing rules: who is shown which item. The server evaluates them to true or false, the browser's CSS as selectors.

RULE = CONDITION | {"all": [RULE, ...]} | {"any": [RULE, ...]}
CONDITION = {"question": ITEM id, "any_of": [ID, ...]}      one of these is chosen (of a grid: in any row)
            {"question": ITEM id, "none_of": [ID, ...]}     none of these is chosen; nothing may be chosen at all
            {"question": ITEM id, "all_of": [ID, ...]}      all of these are chosen
ID = option id | "dont-know" | "rather-not"

- A condition holds only if its question is shown itself and comes earlier.
- A section with a level is a part: it governs the items after it, until the next section of its level or a lower one.
- An item is shown when its own rule holds, and the rules of the parts that it is in.
"""

from consultation.questionnaires import formulas
from consultation.questionnaires.schema import ALSO, TEXT, chosen_keys, key_of, option_keys, takes_several

# Typed answers have no choices that a CSS selector could match.
NO_CHOICES = TEXT | {"section", "number", "month"}
KINDS = ("any_of", "none_of", "all_of")
WORDS = "words"  # pseudo-key of the text beside an "other" option, which selects it: see channels/web/fields.py


class Truth:
    """Evaluates rules for one person's closed answers, to True or False."""

    all_of, any_of = staticmethod(all), staticmethod(any)

    def __init__(self, closed):
        self.closed = closed

    def has(self, item, keys):
        return not keys.isdisjoint(chosen_keys(item, self.closed))

    def no(self, value):
        return not value


class Formulas:
    """Evaluates rules for unknown answers, to formulas over atoms (item id, keys): "one of the keys is ticked"."""

    all_of, any_of, no = staticmethod(formulas.all_of), staticmethod(formulas.any_of), staticmethod(formulas.no)

    def has(self, item, keys):
        return formulas.has((item["id"], frozenset(keys))) if keys else formulas.FALSE


# Limits of what a phone can evaluate and of the address of a stylesheet: see channels/web/branching.py.
MOST_RULES = 60
MOST_ATOMS = 480
MOST_DEPTH = 24


def shown_items(questionnaire, closed):
    shown = shown_by(questionnaire.items, Truth(closed))
    return [item for item in questionnaire.items if shown[item["id"]]]


def is_shown(item, questionnaire, closed):
    return shown_by(questionnaire.items, Truth(closed))[item["id"]]


def shown_by(items, logic):
    """{item id: whether it is shown}, as values of `logic` (TruthLogic or FormulaLogic)."""
    earlier, shown = {}, {}
    within = {0: logic.all_of([])}  # {level: whether the current part of this level is shown}
    for item in items:
        level = part_level(item)
        if level:
            within = {one: value for one, value in within.items() if one < level}
        around = within[max(within)]
        shown[item["id"]] = logic.all_of([around, rule_value(item.get("show_if"), earlier, shown, logic)])
        if level:
            within[level] = shown[item["id"]] if governs(item) else around
        earlier[item["id"]] = item
    return shown


def conditions_in(rule):
    """All conditions of a rule, nested ones included."""
    joined = (rule or {}).get("all") or (rule or {}).get("any")
    if joined:
        return [condition for one in joined for condition in conditions_in(one)]
    return [rule] if rule and "question" in rule else []


def parts_around(items):
    """{item id: the section item of its innermost part, or None}."""
    within, found = {0: None}, {}
    for item in items:
        level = part_level(item)
        if level:
            within = {one: heading for one, heading in within.items() if one < level}
        found[item["id"]] = within[max(within)]
        if level:
            within[level] = item
    return found


def distinct_rules(items):
    """The distinct formulas that the stylesheet needs: of conditional items and of help texts."""
    shown = shown_by(items, Formulas()).values()
    helped = [formula for item in items for formula in help_formulas(item)]
    return [one for one in dict.fromkeys([*shown, *helped]) if one not in (formulas.TRUE, formulas.FALSE)]


def help_formulas(item):
    """For each help text of an item, the formula over its own answers that opens it. Typed answers open none."""
    return [
        formulas.FALSE if item["type"] in NO_CHOICES else _chosen(item, _keys(item, entry["any_of"]), Formulas())
        for entry in item.get("help") or ()
    ]


def _keys(item, option_ids):
    return {key_of(item, option_id) for option_id in option_ids} - {None}


def too_deep(rules):
    return any(formulas.depth(rule) > MOST_DEPTH for rule in rules)


def too_many(rules):
    return len(rules) > MOST_RULES or sum(map(formulas.size, rules)) > MOST_ATOMS


def part_level(item):
    """1 or 2 for the heading of a part, 0 for everything else."""
    return (item.get("level") or 1) if item["type"] == "section" else 0


def governs(item):
    """Whether a section governs a part. Old versions have sections without a level, which are plain texts."""
    return bool(item.get("level"))


def rule_value(rule, earlier, shown, logic):
    """The value of a rule. `earlier`: {id: item} of the earlier items; `shown`: {id: their visibility}."""
    if not rule:
        return logic.all_of([])
    for name, join in (("all", logic.all_of), ("any", logic.any_of)):
        if name in rule:
            return join([rule_value(one, earlier, shown, logic) for one in rule[name]] or [logic.all_of([])])
    asked = earlier.get(rule["question"])
    if asked is None or not can_be_waited_for(asked):
        return logic.any_of([])
    return logic.all_of([shown[asked["id"]], _condition(rule, asked, logic)])


def _condition(rule, asked, logic):
    """Removed choices cannot be chosen: "any of" and "none of" ignore them, and "all of" never holds."""
    kind = next(kind for kind in KINDS if kind in rule)
    if kind == "all_of":
        each = [_chosen(asked, _keys(asked, [option_id]), logic) for option_id in rule[kind]]
        return logic.all_of(each or [logic.any_of([])])
    chosen = _chosen(asked, _keys(asked, rule[kind]), logic)
    return logic.no(chosen) if kind == "none_of" else chosen


def can_be_waited_for(item):
    """Whether rules may depend on this item: not on typed answers, nor on equality monitoring."""
    return item["type"] not in NO_CHOICES and not item.get("apart")


def _chosen(asked, keys, logic):
    """Whether one of the keys is chosen, also where the form's controls contradict one another."""
    return (_one_of_several if takes_several(asked) else _one)(asked, keys, logic)


def _one(asked, keys, logic):
    """Text beside "other" selects it if nothing else is chosen."""
    chosen = logic.has(asked, keys)
    if other_key(asked) not in keys:
        return chosen
    nothing = logic.no(logic.has(asked, option_keys(asked)))
    return logic.any_of([chosen, logic.all_of([logic.has(asked, {WORDS}), nothing])])


def _one_of_several(asked, keys, logic):
    """Without a script, an exclusive option ("none of these") can be ticked beside others: it then gives way to
    ordinary options, and to an exclusive one offered before it. Text beside "other" ticks that option."""
    alone, other = alone_keys(asked), other_key(asked)
    before = option_keys(asked) - set(alone)

    def ticked(some):
        return logic.any_of([logic.has(asked, some), logic.has(asked, {WORDS} if other in some else set())])

    ways = [ticked(keys & before)]
    for run, inside in _runs(alone, keys):
        if inside:
            ways.append(logic.all_of([ticked(run), logic.no(ticked(before))]))
        before = before | run
    return logic.any_of(ways)


def other_key(item):
    """The key of the "other" option; None if there is none."""
    return next((option["key"] for option in item["options"] if option.get("other") and not item.get("apart")), None)


def alone_keys(item):
    """The keys of the exclusive options, in order, those for non-response last."""
    own = [option["key"] for option in item["options"] if option.get("exclusive")]
    return own + [ALSO[name] for name in item["also"]]


def _runs(alone, keys):
    """[({key, ...}, whether they are in `keys`)] of consecutive exclusive keys."""
    runs = []
    for key in alone:
        if runs and runs[-1][1] == (key in keys):
            runs[-1][0].add(key)
        else:
            runs.append(({key}, key in keys))
    return runs
