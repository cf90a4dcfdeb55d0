"""`{% consultation_crumb page "Readers" %}`: the way from a room to the home of its consultation, to all, and to each other
room of it.

`{% waiting_approvals %}`: what waits for one's approval.
"""

from typing import Any

from django import template
from django.urls import reverse

from cms.staff.consultation_home.rooms import list_room_links
from consultation.access import may_see_consultations
from consultation.surveys.approval.waiting_approvals import list_waiting_for
from consultation.surveys.models import ConsultationPage

register = template.Library()


@register.inclusion_tag("components/consultation_crumb.html", takes_context=True)
def consultation_crumb(
    context: template.Context, page: Any, room: str, room_url: str = "", all_url: str = ""
) -> dict[str, Any]:
    """`room_url`: of the room, on a page below it. `all_url`: of the room's own list, for people who open no home. A page of
    the site, which the room of translations has too, has no home."""
    page = getattr(page, "specific_deferred", page)
    user = context["request"].user
    home_url, links = "", []
    if isinstance(page, ConsultationPage) and may_see_consultations(user):
        source = page.source
        slug = _find_slug(source)
        home_url = reverse("consultations:home", args=[slug])
        links = list_room_links(source, slug, source.state, user, room)
    return {
        "title": page.title or page.draft_title,
        "room": room,
        "room_url": room_url,
        "all_url": all_url,
        "home_url": home_url,
        "rooms": links,
    }


def _find_slug(page: Any) -> str:
    """The slug of its address; a draft may have been given another one since."""
    if page.live and not page.has_unpublished_changes:
        return str(page.slug)
    return ConsultationPage.objects.values_list("slug", flat=True).get(pk=page.pk)


@register.inclusion_tag("components/waiting_approvals.html", takes_context=True)
def waiting_approvals(context: template.Context) -> dict[str, Any]:
    """What waits for this person's approval, with the page that is made for it."""
    return {"waiting": list_waiting_for(context["request"].user)}
