"""The page that compares two groups: their differences and how certain these are."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from insights.access import planner_view
from insights.coding.models import Theme
from insights.disclosure.rules_wording import wording_of
from insights.releases.actions import record_partner_view
from insights.releases.theme_evidence import list_newest_releases
from insights.workspace.group_comparison import compared_groups


@planner_view
@require_safe
def show_comparison(request):
    found = compared_groups.list_groups(list_newest_releases())
    one, other = found.get(request.GET.get("a", "")), found.get(request.GET.get("b", ""))
    asked = "a" in request.GET or "b" in request.GET
    context = {
        "section": "compare",
        "choices": _list_by_release(found),
        "one": one,
        "other": other,
        "missing": asked and not (one and other),
        "names": [one.beside(other), other.beside(one)] if one and other else [],
        **(_build_comparison(request, one, other) if one and other else {}),
    }
    return render(request, "insights/workspace/group_comparison/compare.html", context)


def _list_by_release(found):
    """[(release, its groups)] for the two lists."""
    rows = {}
    for group in found.values():
        rows.setdefault(group.release.pk, (group.release, []))[1].append(group)
    return list(rows.values())


def _build_comparison(request, one, other):
    try:
        lines = compared_groups.compare_groups(one, other)
    except compared_groups.CannotCompare as reason:
        return {"refused": str(reason)}
    for release in {one.release.pk: one.release, other.release.pk: other.release}.values():
        record_partner_view(release=release, by=request.user)
    looks = [line for line in lines if line.gap]
    slugs = dict(Theme.objects.filter(pk__in=[line.theme for line in lines]).values_list("pk", "slug"))
    # The theme's page in each group's release, split by the group's facet.
    pages = [(group.release.pk, {"by": group.facet} if group.facet else None) for group in (one, other)]
    words = [
        [reverse("insights:theme", args=[pk, slugs[int(line.theme)]], query=query) for pk, query in pages]
        for line in lines
    ]
    return {
        "rules": wording_of(one.release.rules, other.release.rules),
        "lines": [(line, *urls) for line, urls in zip(lines, words, strict=True)],
        "rows": [line.as_row() | {"url": urls[0]} for line, urls in zip(lines, words, strict=True)],
        "looks": len(looks),
        "clear": sum(line.clear for line in looks),
        "likely": [line for line in looks if line.likely],
    }
