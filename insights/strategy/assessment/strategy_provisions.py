from collections.abc import Iterator

from django.urls import reverse

from consultation.domain.calendar_quarters import Quarter
from consultation.strategy_provisions import Proof, provides_for
from insights.releases.models import Release
from insights.releases.theme_evidence import list_newest_releases
from insights.strategy.assessment.quarter_assessment import find_splits


@provides_for(
    "understand-problem-profile",
    "profile",
    "The quarter’s profile has themes by age band or by area, after disclosure control",
    start="insights:releases",
    may_start="insights.publish_release",
    over=list_newest_releases,
)
def find_profiles(releases: list[Release]) -> Iterator[Proof]:
    for figure in find_splits(releases):
        if figure.release.published_on is not None:
            quarter = Quarter.of(figure.release.published_on)
            url = reverse("insights:assessment-of", args=[quarter.slug])
            yield Proof(figure, f"{figure.title} ({figure.release})", f"{url}#splits")
