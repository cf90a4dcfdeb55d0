"""Reading codebooks from files into drafts, and approving a version: two people, and the older one is superseded."""

import csv
import re

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from consultation.audit.log import record
from insights.coding.models import Codebook, CodebookVersion, Theme, ThemeEntry, VersionStatus

APPROVERS = 2
# Families and themes where one voice weighs much: a theme is never ranked away for being rare.
GRAVE_WORDS = re.compile(
    r"unsafe|harm|exploit|grooming|image|missing|weapon|violence|abus|pressure|threat|gifts|strangers"
)


def themes_from_taxonomy(data):
    """Theme dicts from the parsed taxonomy.yaml (S1)."""
    sub_points = {point["slug"]: strand["id"] for strand in data["strands"] for point in strand["sub_points"]}
    for theme in data["themes"]:
        yield {
            "slug": theme["id"],
            "label": theme["label"],
            "family": theme["family"],
            "definition": theme.get("definition", ""),
            "include": theme.get("include", ""),
            "exclude": theme.get("exclude", ""),
            "examples": theme.get("seed_phrases", []),
            "links": [{"strand": sub_points[slug], "sub_point": slug} for slug in theme.get("strand_links", [])],
            "gravity": 3 if GRAVE_WORDS.search(theme["id"]) else 2 if theme["family"] == "online" else 1,
            "online": theme["family"] == "online",
        }


def themes_from_csv(file):
    """Theme dicts from a CSV with columns group, label, definition, examples (separated by ` || `)."""
    for row in csv.DictReader(file):
        examples = [part.strip() for part in row.get("examples", "").split("||") if part.strip()]
        yield {
            "slug": slugify(row["label"])[:80],
            "label": row["label"],
            "family": row.get("group", ""),
            "definition": row.get("definition", ""),
            "examples": examples,
        }


@transaction.atomic
def load_codebook(*, slug, name, themes, by, label=""):
    """A new draft version of a codebook: proposed, until two approve it. Theme ids are permanent: a slug that is known
    keeps its Theme. `by` is None for the system."""
    if by is not None and not by.has_perm("insights.propose_codebook"):
        raise PermissionDenied("You cannot propose changes to a codebook.")
    codebook, _ = Codebook.objects.get_or_create(slug=slug, defaults={"name": name})
    last = codebook.versions.order_by("-number").first()
    version = CodebookVersion.objects.create(codebook=codebook, number=last.number + 1 if last else 1, label=label)
    for fields in themes:
        theme, _ = Theme.objects.get_or_create(codebook=codebook, slug=fields["slug"])
        entry = {key: value for key, value in fields.items() if key != "slug"}
        ThemeEntry.objects.create(version=version, theme=theme, **entry)
    record("codebook version drafted", by=by, obj=version, themes=version.entries.count())
    return version


@transaction.atomic
def approve(*, version, by):
    """One person's approval; with the second the version takes the place of the older one (S1)."""
    if not by.has_perm("insights.approve_codebook"):
        raise PermissionDenied("You cannot approve a codebook version.")
    version.approved_by.add(by)
    if version.approved_by.count() >= APPROVERS and version.status == VersionStatus.DRAFT:
        version.codebook.versions.filter(status=VersionStatus.APPROVED).update(status=VersionStatus.SUPERSEDED)
        version.status = VersionStatus.APPROVED
        version.save(update_fields=["status"])
    record("codebook version approved", by=by, obj=version, approvals=version.approved_by.count())
    return version
