"""People by group, for disclosure control alone. They stay in memory."""

from consultation import handover
from insights.representation.dimensions import NOT_SAID
from insights.representation.models import EVERYONE, LANGUAGE, WAY


def group_people(page, dimensions):
    """{dimension key: {group id: people}} with every group, in one pass over the answers."""
    asked = {dimension.question: dimension for dimension in dimensions if dimension.question}
    found, everyone = _group_by_question(page, asked)
    found |= {LANGUAGE: handover.group_people_by_language(page), WAY: handover.group_people_by_channel(page)}
    found[EVERYONE] = {EVERYONE: everyone}
    return {dimension.key: _fit_into_groups(dimension, found[dimension.key]) for dimension in dimensions}


def _group_by_question(page, asked):
    """({dimension key: {option id: people}}, everyone). Versions are joined by question and option id."""
    keys = {
        version.pk: {
            asked[item["id"]].key: (item["key"], {option["key"]: option["id"] for option in item["options"]})
            for item in version.content["items"]
            if item["id"] in asked
        }
        for version in handover.list_versions(page)
    }
    found, everyone = {dimension.key: {} for dimension in asked.values()}, []
    for row in handover.iter_closed_answers(page):
        everyone.append(row.respondent)
        for dimension, groups in found.items():  # a version may lack the question
            key, options = keys[row.version_id].get(dimension, ("", {}))
            groups.setdefault(options.get(_single_choice(row.closed.get(key)), NOT_SAID), []).append(row.respondent)
    return found, everyone


def _single_choice(value):
    return value[0] if isinstance(value, list) and value else value if isinstance(value, str) else None


def _fit_into_groups(dimension, grouped):
    """{group id: people}. Removed options count as not said, where the dimension has that group."""
    groups = {id_: grouped.get(id_, []) for id_, _ in dimension.groups}
    if NOT_SAID in groups:
        removed = (people for id_, people in grouped.items() if id_ not in groups)
        groups[NOT_SAID] = [*groups[NOT_SAID], *(person for people in removed for person in people)]
    return groups
