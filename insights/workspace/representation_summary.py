"""Short summary of who a consultation has reached, for its page; the full picture is in `insights.representation`."""

from typing import Any

from insights.representation import representation_overview
from insights.representation.models import ReachPicture

FEW = 4


def summarise_representation(page: Any) -> dict[str, Any] | None:
    """{missing: the first unheard groups, more: how many others, compared: whether a benchmark is known}."""
    picture = ReachPicture.objects.filter(consultation=page).first()
    if picture is None:
        return None
    sections = representation_overview.sections_of(page, picture)
    missing = [each for section in sections for each in section.missing]
    compared = any(section.compared for section in sections)
    return {"missing": missing[:FEW], "more": max(0, len(missing) - FEW), "compared": compared}
