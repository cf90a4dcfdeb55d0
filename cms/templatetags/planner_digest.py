"""Whether a person gets the digest, for the page of how they are told."""

from django import template

from cms.staff.planner_digest.models import DigestReader

register = template.Library()


@register.filter
def gets_digest(person):
    return DigestReader.objects.filter(person=person).exists()
