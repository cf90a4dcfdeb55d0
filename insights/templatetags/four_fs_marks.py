"""{% four_fs decision %}: a decision's four marks (full, friendly, fast, followed up); of a draft only "friendly"."""

from django import template
from django.utils import timezone

from insights.decisions.unanswered import decision_four_fs as marks

register = template.Library()


@register.inclusion_tag("insights/decisions/unanswered/four_fs.html")
def four_fs(decision):
    found = (
        marks.rate_four_fs(decision, timezone.localdate()) if decision.is_public else [marks.rate_friendly(decision)]
    )
    return {"marks": found, "decision": decision}
