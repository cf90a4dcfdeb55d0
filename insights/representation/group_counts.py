"""Exact counts of people by group. They stay in memory and go to disclosure control alone."""

from collections import Counter

from consultation import handover
from insights.representation.dimensions import NOT_SAID
from insights.representation.models import EVERYONE, LANGUAGE, WAY


def count_groups(page, dimensions):
    """{dimension key: {group id: people}} with every group, in one pass over the answers."""
    asked = {dimension.question: dimension for dimension in dimensions if dimension.question}
    found, people = _count_question_groups(page, asked)
    found |= {LANGUAGE: handover.count_people_by_language(page), WAY: handover.count_people_by_channel(page)}
    found[EVERYONE] = {EVERYONE: people}
    return {dimension.key: _fit_into_groups(dimension, found[dimension.key]) for dimension in dimensions}


def _count_question_groups(page, asked):
    """({dimension key: Counter of option ids}, number of people). Versions are joined by question and option id."""
    keys = {
        version.pk: [
            (asked[item["id"]].key, item["key"], {option["key"]: option["id"] for option in item["options"]})
            for item in version.content["items"]
            if item["id"] in asked
        ]
        for version in handover.list_versions(page)
    }
    found, people = {dimension.key: Counter() for dimension in asked.values()}, 0
    for row in handover.iter_closed_answers(page):
        people += 1
        for dimension, key, options in keys[row.version_id]:
            found[dimension][options.get(_single_choice(row.closed.get(key)), NOT_SAID)] += 1
    for counted in found.values():  # a version may lack the question
        counted[NOT_SAID] += people - counted.total()
    return found, people


def _single_choice(value):
    return value[0] if isinstance(value, list) and value else value if isinstance(value, str) else None


def _fit_into_groups(dimension, counted):
    """{group id: people}. Removed options count as not said, where the dimension has that group."""
    groups = {id_: counted.get(id_, 0) for id_, _ in dimension.groups}
    if NOT_SAID in groups:
        groups[NOT_SAID] += sum(people for id_, people in counted.items() if id_ not in groups)
    return groups
