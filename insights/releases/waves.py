"""The same questions asked again: the newest published release of each wave of a consultation.

Waves are different people's answers at different times. A later release of one consultation holds the people of the earlier
ones, so the two are never compared.
"""

from collections.abc import Iterable

from consultation import handover
from insights.releases.models import Release

MOST_WAVES = 6  # in one chart, so that it fits a phone


def list_earlier_waves(releases: Iterable[Release]) -> dict[int, list[Release]]:
    """{release id: newest published release of each earlier wave, oldest first}; two queries, none where nothing has
    waves."""
    releases = list(releases)
    before = handover.map_earlier_waves() if any(release.consultation.wave_of_id for release in releases) else {}
    chains = {release.pk: _follow_waves(release.consultation_id, before) for release in releases}
    newest: dict[int, Release] = {}
    if wanted := {page for chain in chains.values() for page in chain}:
        found = Release.objects.published().filter(consultation__in=wanted).select_related("consultation")
        newest = {release.consultation_id: release for release in found.order_by("number")}
    return {pk: [newest[page] for page in chain if page in newest] for pk, chain in chains.items()}


def _follow_waves(page: int, before: dict[int, int]) -> list[int]:
    """Earlier waves of a consultation, oldest first."""
    chain: list[int] = []
    while (page := before.get(page, 0)) and page not in chain and len(chain) < MOST_WAVES - 1:
        chain.insert(0, page)
    return chain
