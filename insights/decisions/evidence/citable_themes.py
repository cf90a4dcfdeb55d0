"""The themes of a release to choose from when a decision cites one: most people first, with words beside each."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from insights.coding.models import ThemeEntry
from insights.decisions.models import Decision
from insights.releases.models import Quote, Release
from insights.releases.theme_evidence import ThemeEvidence, list_theme_evidence

MOST_QUOTES = 2  # of a theme
MOST_FOUND = 300  # quotes that a search looks at


@dataclass
class CitableTheme:
    shown: ThemeEvidence
    quotes: list[Quote] = field(default_factory=list)

    @property
    def entry(self) -> ThemeEntry:
        return self.shown.entry


def list_citable_themes(release: Release, reader: Any, words: str = "") -> list[CitableTheme]:
    """Themes by people, those without a number by name. `words`: only themes whose name, meaning or quotes have them."""
    quotes = _find_quotes(release, reader, words)
    themes = [
        CitableTheme(one, quotes[one.theme][:MOST_QUOTES])
        for one in list_theme_evidence([release])
        if not words or one.theme in quotes or _mentions(one.entry, words)
    ]
    return sorted(themes, key=lambda one: (-(one.shown.people or 0), one.shown.label))


def _find_quotes(release: Release, reader: Any, words: str) -> dict[int, list[Quote]]:
    """{theme: quotes that the reader may see}: the featured ones, or those with the words."""
    wanted = Q(text__icontains=words) if words else Q(featured=True)
    found: dict[int, list[Quote]] = defaultdict(list)
    for quote in (
        Quote.objects.filter(wanted, release=release, erased=False).seen_by(reader).order_by("pk")[:MOST_FOUND]
    ):
        found[quote.theme_id].append(quote)
    return found


def _mentions(entry: ThemeEntry, words: str) -> bool:
    return words.casefold() in f"{entry.label} {entry.definition}".casefold()


def list_releases_by_nearness(decision: Decision) -> list[Release]:
    """Published releases, those of the decision's own consultations first, the newest of each first."""
    own = set(decision.consultations.values_list("pk", flat=True))
    found = Release.objects.published().select_related("consultation").order_by("-published_on", "-number")
    return sorted(found, key=lambda release: release.consultation_id not in own)


def find_own_release(decision: Decision) -> Release | None:
    """The newest published release of the decision's own consultations: citing begins there."""
    found = Release.objects.published().filter(consultation__in=decision.consultations.all())
    return found.order_by("-published_on", "-number").first()
