"""{% four_fs decision %}: a decision's four marks (full, friendly, fast, followed up); of a draft only "friendly"."""

from django import template
from django.utils import timezone

from insights.unheard import four_fs as marks

register = template.Library()


@register.inclusion_tag("insights/unheard/four_fs.html")
def four_fs(decision):
    found = marks.four_fs(decision, timezone.localdate()) if decision.is_public else [marks.friendly(decision)]
    return {"marks": found, "decision": decision}
