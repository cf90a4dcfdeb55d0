"""The page on which officers declare larger groups before the first release, and read them afterwards."""

from django.shortcuts import redirect
from django.urls import reverse

from consultation.access import staff_view
from insights.access import require_consultation
from insights.forms import render_form, save_form
from insights.releases.merged_groups import actions
from insights.releases.merged_groups.forms import MergedGroupsForm
from insights.releases.merged_groups.models import load_merged_groups

DONE = "Kept. The first release freezes these groups."


@staff_view("insights.publish_release")
def edit_merged_groups(request, slug):
    page = require_consultation(slug)
    items, declared = actions.list_mergeable_questions(page), load_merged_groups(page)
    form = MergedGroupsForm(request.POST or None, items=items, declared=declared)
    if save_form(request, form, actions.declare_merged_groups, DONE, consultation=page):
        return redirect("insights:make-release", slug)
    context = {
        "section": "releases",
        "heading": "Larger groups",
        "crumbs": [
            ("Releases", reverse("insights:releases")),
            (page.title, reverse("insights:make-release", args=[slug])),
        ],
        "save": "Keep these groups",
        "frozen": actions.why_not_declare_now(page),
        "declared": form.list_declared(),
    }
    return render_form(request, form, "insights/releases/merged_groups/larger_groups.html", **context)
