"""Whether larger groups may be declared, and whether names make a coarser partition."""

from typing import Any

from insights.releases.stored_figures import NO_ANSWER_LABEL

LONGEST = 60
FROZEN = (
    "A release has been made, so the larger groups stay as they are. Two partitions of the same people could be "
    "subtracted, and small numbers would come out."
)


def why_not_declare(releases: int, counted: bool) -> str:
    """`releases`: how many there are, drafts too; `counted`: whether one that was discarded counted anybody."""
    return FROZEN if releases or counted else ""


def tidy_name(name: str) -> str:
    return " ".join(name.split())


def build_groups(names: dict[str, str]) -> list[dict[str, Any]]:
    """The groups of {option id: name of its larger group}; names that differ in capitals alone are one group."""
    groups: dict[str, dict[str, Any]] = {}
    for option, name in names.items():
        label = tidy_name(name)
        group = {"id": f"group-{len(groups) + 1}", "label": label, "options": []}
        groups.setdefault(label.casefold(), group)["options"].append(option)
    return list(groups.values())


def has_names(names: dict[str, str]) -> bool:
    """A question whose names are all empty has no larger groups."""
    return any(map(tidy_name, names.values()))


def find_names_mistake(names: dict[str, str]) -> str:
    """What is wrong with {option id: name of its larger group}, every option of the question, or ""."""
    labels = [tidy_name(name) for name in names.values()]
    if not any(labels):
        return ""
    if not all(labels):
        return "Give every answer a larger group, or leave all of them empty."
    if any(len(label) > LONGEST for label in labels):
        return f"Keep the name of a group to {LONGEST} letters."
    if NO_ANSWER_LABEL.casefold() in [label.casefold() for label in labels]:
        return "Those who gave no answer stay apart already. Choose another name."
    groups = len(build_groups(names))
    if groups < 2:
        return "Make at least two larger groups."
    if groups == len(labels):
        return "Put at least two answers into one group."
    return ""
