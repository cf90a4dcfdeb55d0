"""{% four_fs decision %}: full, friendly, fast, followed up, on a decision's page."""

from django import template
from django.utils import timezone

from insights.unheard import four_fs as marks

register = template.Library()


@register.inclusion_tag("insights/unheard/four_fs.html")
def four_fs(decision):
    return {"marks": marks.four_fs(decision, timezone.localdate())}
