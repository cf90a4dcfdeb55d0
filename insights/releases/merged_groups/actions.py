"""Officers declare larger groups before the first release."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation import handover
from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from consultation.surveys.questionnaire_schema import Questionnaire
from insights.releases.crossed_questions import facet_questions
from insights.releases.merged_groups import policies
from insights.releases.merged_groups.models import MergedGroups
from insights.releases.models import Release


def list_mergeable_questions(consultation: Any) -> list[dict[str, Any]]:
    """The questions about the person whose answers may be put together: those by which tables are split."""
    version = handover.find_newest_version(consultation)
    found = facet_questions(Questionnaire(version.content)) if version else []
    return [item for item in found if len(item["options"]) > 2]


def why_not_declare_now(consultation: Any) -> str:
    """Why the larger groups may not be changed, or "". A discarded draft was seen, so it freezes them too."""
    counted = handover.count_people_by_release(consultation)
    releases = Release.objects.filter(consultation=consultation).count()
    return policies.why_not_declare(releases, any(first is not None for first in counted))


@transaction.atomic
def declare_merged_groups(
    *, consultation: Any, names: dict[str, dict[str, str]], by: Any, today: date | None = None
) -> None:
    """Declare the larger groups, {question id: {option id: name of its group}}. A question whose names are all empty
    has none. Raises ValidationError where they are no coarser partition, or where a release has frozen them."""
    require_permission(by, "insights.publish_release")
    handover.lock_consultation(consultation)  # as `store_release` does: a release freezes what it was made with
    if wrong := why_not_declare_now(consultation):
        raise ValidationError(wrong)
    declared = _read_groups(list_mergeable_questions(consultation), names)
    MergedGroups.objects.filter(consultation=consultation).delete()
    MergedGroups.objects.bulk_create(
        MergedGroups(
            consultation=consultation,
            question=question,
            groups=groups,
            declared_by=by,
            declared_on=today or timezone.localdate(),
        )
        for question, groups in declared.items()
    )
    counts = {question: len(groups) for question, groups in declared.items()}
    record_event("larger groups declared", by=by, obj=consultation, groups=counts)


def _read_groups(items: list[dict[str, Any]], names: dict[str, dict[str, str]]) -> dict[str, list[dict[str, Any]]]:
    whole = {
        item["id"]: {option["id"]: names.get(item["id"], {}).get(option["id"], "") for option in item["options"]}
        for item in items
    }
    if set(names) - set(whole):
        raise ValidationError("Only answers to a question about the person can be put together.")
    if mistakes := [mistake for given in whole.values() if (mistake := policies.find_names_mistake(given))]:
        raise ValidationError(mistakes)
    return {question: policies.build_groups(given) for question, given in whole.items() if policies.has_names(given)}
