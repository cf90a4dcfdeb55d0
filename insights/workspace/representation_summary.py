"""Short summary of who a consultation has reached, for its page; the full picture is in `insights.representation`."""

from dataclasses import dataclass
from typing import Any

from insights.representation import representation_overview
from insights.representation.models import ReachPicture

FEW = 4


@dataclass(frozen=True)
class RepresentationSummary:
    picture: ReachPicture
    missing: list[representation_overview.UnheardGroup]
    more: int
    compared: bool


def summarise_representation(page: Any) -> RepresentationSummary | None:
    picture = ReachPicture.objects.filter(consultation=page).first()
    if picture is None:
        return None
    sections = representation_overview.build_sections(picture, representation_overview.benchmarks_of(page))
    missing = [each for section in sections for each in section.missing]
    return RepresentationSummary(
        picture, missing[:FEW], max(0, len(missing) - FEW), any(section.compared for section in sections)
    )
