"""Pages of the guides. Every member of staff may read each of them: they hold no answer and no name."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cms.staff.guides.guides import find_part, list_guides, list_own_guides
from consultation.access import staff_view


@staff_view(method="GET")
def show_guides(request):
    """All guides, one's own first. With `from`, the address of a page, straight to what is said about it; else, for who has
    a guide, to its top."""
    own = list_own_guides(request.user)
    if "from" in request.GET and own:
        part = find_part(request.user, request.GET["from"])
        there = reverse("guides:one", args=[part.role if part else own[0].role])
        return redirect(f"{there}#{part.slug}" if part else there)
    others = [guide for guide in list_guides() if guide not in own]
    return render(request, "cms/staff/guides/list.html", {"own": own, "others": others})


@staff_view(method="GET")
def show_guide(request, role):
    guide = next((one for one in list_guides() if one.role == role), None)
    if guide is None:
        raise Http404
    mine = guide in list_own_guides(request.user)
    return render(request, "cms/staff/guides/guide.html", {"guide": guide, "mine": mine})
