"""`{% late_reading page %}`: the consultation, or without one all, with overdue answers, and buttons that stop free text."""

from django import template

from consultation.reading.staffing.late_reading import list_late_consultations

register = template.Library()


@register.inclusion_tag("consultation/reading/staffing/late.html", takes_context=True)
def late_reading(context, page=None):
    late = [each for each in list_late_consultations() if page in (None, each.page)]
    return {"late": late, "one": page, "perms": context["perms"], "csrf_token": context.get("csrf_token")}
