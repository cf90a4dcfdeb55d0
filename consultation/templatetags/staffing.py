"""`{% late_reading %}`: consultations with overdue answers, with buttons that stop free text."""

from django import template

from consultation.reading.staffing.late_reading import list_late_consultations

register = template.Library()


@register.inclusion_tag("consultation/reading/staffing/late.html", takes_context=True)
def late_reading(context):
    return {"late": list_late_consultations(), "perms": context["perms"], "csrf_token": context.get("csrf_token")}
