"""Conditions that officers write: each must name an earlier question and choices that are still there."""

from django.core.exceptions import ValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from consultation.questionnaires.scales import SCALES

NO_QUESTION = "This question is not in the survey any more. Choose another one, or remove the condition."
LATER = "“{text}” comes after this one, so nobody has answered it yet. Choose an earlier question."
ITSELF = "A question cannot wait for its own answer. Choose an earlier question."
NO_CHOICES = "“{text}” has no choices to wait for. Choose a question with choices."
GONE = "These choices are not in “{text}” any more: {gone}. Tick the ones that you want."
APART = {"dont_know": "dont-know", "rather_not": "rather-not"}


def option_ids(block):
    """The ids that an answer to this stream child can have; "" stands for a choice that was never saved."""
    scale = SCALES.get(block.block_type)
    ids = list(scale) if scale else [child.id for child in getattr(block.value.get("options"), "bound_blocks", ())]
    return set(ids), {name for field, name in APART.items() if block.value.get(field)}


def misplaced_conditions(stream):
    """{index of the stream child: its errors}, in plain words at the field that must change."""
    children = list(stream)
    places = {child.id: place for place, child in enumerate(children) if child.id}
    errors = {}
    for place, child in enumerate(children):
        found = {"show_if": _condition_errors(child, place, places, children), "help_by_answer": _help_errors(child)}
        found = {name: ListBlockValidationError(block_errors=inner) for name, inner in found.items() if any(inner)}
        if found:
            errors[place] = StructBlockValidationError(block_errors=found)
    return errors


def _condition_errors(child, place, places, children):
    return [_wrapped(condition_problem(condition, place, places, children)) for condition in child.value["show_if"]]


def _wrapped(problem):
    if problem is None:
        return None
    field, message = problem
    return StructBlockValidationError(block_errors={field: ValidationError(message)})


def condition_problem(condition, place, places, children):
    """(field, words) of what keeps a condition from ever holding; None when it is fine."""
    if not condition["question"]:
        return None  # An unfinished draft; the field itself asks for it before anyone approves.
    asked = places.get(condition["question"])
    if asked is None:
        return "question", NO_QUESTION
    if asked == place:
        return "question", ITSELF
    text = children[asked].value.get("text", "")
    if asked > place:
        return "question", LATER.format(text=text)
    choices, apart = option_ids(children[asked])
    if not choices:
        return "question", NO_CHOICES.format(text=text)
    return _answers_problem(condition["any_of"], choices | apart, text)


def _answers_problem(wanted, there, text):
    gone = [id_ for id_ in wanted if id_ not in there]
    return ("any_of", GONE.format(text=text, gone=", ".join(gone))) if gone else None


def _help_errors(child):
    choices, apart = option_ids(child)
    rules = child.value.get("help_by_answer", ())
    text = child.value.get("text", "")
    return [_wrapped(_answers_problem(rule["any_of"], choices | apart, text)) for rule in rules]
