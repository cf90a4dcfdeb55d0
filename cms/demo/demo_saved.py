"""Saved pages of planners in the demo, and notes beside a release."""

from django.urls import reverse

from insights.releases.models import Release
from insights.workspace.saved import actions

NOTES = (
    ("planner", "", "Take this to the transport group in January. They asked for ages.", True),
    ("planner", "lighting-cctv-guardians", "Check with highways which of these paths are theirs.", False),
    ("officer1", "lighting-cctv-guardians", "The youth panel read this theme and says it fits.", True),
)


def save_pages_and_notes(page, staff, today):
    release = Release.objects.published().filter(consultation=page).order_by("-number").first()
    theme = release.codebook_version.entries.select_related("theme").get(theme__slug="lighting-cctv-guardians").theme
    for who, address, name, shared in (
        ("planner", reverse("insights:theme", args=[release.pk, theme.slug]), "Lights, for the winter plan", True),
        ("planner", reverse("insights:themes", query={"by": "quarter"}), "How themes move over quarters", False),
        ("officer1", reverse("insights:coverage-gaps"), "Whom to ask next year", True),
    ):
        actions.save_page(by=staff[who], address=address, name=name, shared=shared, today=today)
    for who, slug, words, shared in NOTES:
        actions.write_note(
            by=staff[who], release=release, theme=theme if slug else None, words=words, shared=shared, today=today
        )
