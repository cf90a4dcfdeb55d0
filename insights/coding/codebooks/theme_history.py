"""History of themes: succession from an earlier version to a later one, last definitions, and recodings of a text."""

from insights.coding.codebooks.models import Recoding, ThemeAct
from insights.coding.codebooks.theme_succession import PlainThemeAct, trace_successions
from insights.coding.models import CodebookVersion, CodebookVersionStatus, ThemeEntry

CARRIED_OUT = (CodebookVersionStatus.APPROVED, CodebookVersionStatus.SUPERSEDED)


def plain_act_of(act):
    return PlainThemeAct(act.kind, act.theme_id, tuple(sorted(theme.pk for theme in act.into.all())))


def succession_since(theme_id, since, version):
    """The succession of a theme of version `since` up to `version` of the same codebook, by the acts of the versions
    that were in force, oldest first."""
    acts = ThemeAct.objects.filter(
        version__codebook=version.codebook_id,
        version__status__in=CARRIED_OUT,
        version__number__gt=since.number,
        version__number__lte=version.number,
    )
    deeds = map(plain_act_of, acts.order_by("version__number", "pk").prefetch_related("into"))
    return trace_successions([theme_id], deeds)[theme_id]


def find_succession(theme, version):
    """(succession, entries of `version` that it leads to) for a theme that `version` does not have. None where no
    earlier version had it, or where no act explains its absence."""
    before = CodebookVersion.objects.filter(
        codebook_id=version.codebook_id, number__lt=version.number, status__in=CARRIED_OUT, entries__theme=theme
    )
    last = before.order_by("-number").first()
    if last is None:
        return None
    found = succession_since(theme.pk, last, version)
    if found.outcome == "stays":
        return None
    return found, list(version.entries.filter(theme__in=found.into).select_related("theme"))


def describe_later_succession(entry, version):
    """{fate, heirs, version} of a theme since a report's version; None where the version in force still has it."""
    current = version.codebook.current
    if current is None or current.pk == version.pk or current.entries.filter(theme=entry.theme_id).exists():
        return None
    found = find_succession(entry.theme, current)
    return {"fate": found[0], "heirs": found[1], "version": current} if found else None


def last_entry_of(theme, number=None):
    """The theme's entry in the last version that was in force (before version `number`, where given)."""
    entries = ThemeEntry.objects.filter(theme=theme, version__status__in=CARRIED_OUT)
    if number is not None:
        entries = entries.filter(version__number__lt=number)
    return entries.order_by("-version__number").first()


def describe_recodings_of(text):
    """The recodings of one text, each with former label, new labels and reason."""
    found = []
    for row in Recoding.objects.filter(text=text).select_related("theme", "coder", "coded_with", "version__codebook"):
        became = ThemeEntry.objects.filter(version=row.version, theme__in=row.became).values_list("label", flat=True)
        act = row.version.acts.filter(theme=row.theme_id).exclude(kind="move").first()
        was = ThemeEntry.objects.filter(version=row.coded_with, theme=row.theme_id).first()
        label, why = was.label if was else row.theme.slug, act.why if act else ""
        found.append({"row": row, "was": label, "became": list(became), "why": why})
    return found
