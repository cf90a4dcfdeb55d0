from collections.abc import Iterator

from django.urls import reverse

from consultation.strategy_provisions import Proof, provides_for
from insights.coding.codebooks.policies import may_see_codebooks
from insights.coding.models import CodebookVersionStatus, ThemeEntry


@provides_for(
    "understand-locations",
    "themes",
    "Themes have types of place",
    start="insights:codebooks",
    may_start=may_see_codebooks,
    opens_with=may_see_codebooks,
)
def find_themes_of_places() -> Iterator[Proof]:
    approved = ThemeEntry.objects.filter(version__status=CodebookVersionStatus.APPROVED).exclude(place_types=[])
    for entry in approved.select_related("version__codebook"):
        url = reverse("insights:codebook-version", args=[entry.version.codebook.slug, entry.version.number])
        yield Proof(entry, entry.label, url)
