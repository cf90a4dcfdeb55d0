"""`{% late_reading %}`: where answers wait longer than they may, with the buttons that stop asking for more."""

from django import template

from consultation.reading.staffing.late import late

register = template.Library()


@register.inclusion_tag("consultation/reading/staffing/late.html", takes_context=True)
def late_reading(context):
    return {"late": late(), "perms": context["perms"], "csrf_token": context.get("csrf_token")}
