"""Someone may look over a child’s shoulder (A3): titles, addresses and short names of what is public are quiet ones."""

import re

from django.core.exceptions import ValidationError

from insights.decisions.models import Decision

NOT_NEUTRAL = re.compile(
    r"exploit|abus|\bcse\b|\bcce\b|safeguard|sexual|slavery|traffick|\brap(?:e|ed|ist)\b|groom(?:ed|ing)\b|porn|suicid"
    r"|self.?harm|domestic.violence",
    re.IGNORECASE,
)
QUIETER = "Someone may look over a child’s shoulder. Say this in quieter words."


def check_quiet(decision: Decision) -> None:
    """Before it is public: its title stands in the title of a page, and its slug in an address."""
    if NOT_NEUTRAL.search(f"{decision.title} {decision.slug}"):
        raise ValidationError({"title": QUIETER})
