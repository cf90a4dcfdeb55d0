"""Neutral titles (A3): someone may look over a child’s shoulder, so public titles and addresses name no harm."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from insights.decisions.models import Decision

NOT_NEUTRAL = re.compile(
    r"exploit|abus|\bcse\b|\bcce\b|safeguard|sexual|slavery|traffick|\brap(?:e|ed|ist)\b|groom(?:ed|ing)\b|porn|suicid"
    r"|self.?harm|domestic.violence",
    re.IGNORECASE,
)
# The same in the site's other languages: obvious words only, since a person confirms each translation.
NOT_NEUTRAL_TRANSLATED = re.compile(
    r"seks|sexu|molest|gwałc|gwałt\b|samobój|zneuž|vykoris[tť]|znásiln|samovra|abuz|exploat|sinucid|viol(?:at|ul)\b"
    r"|استحصال|زیادتی|جنسی|خودکشی|استغلال|اعتداء|جنسي|اغتصاب|انتحار"
    r"|শোষণ|নির্যাতন|যৌন|ধর্ষণ|আত্মহত্যা|ਸ਼ੋਸ਼ਣ|ਜਿਨਸੀ|ਬਲਾਤਕਾਰ|ਖੁਦਕੁਸ਼ੀ",
    re.IGNORECASE,
)
QUIETER = "Someone may look over a child’s shoulder. Say this in quieter words."


def list_unneutral_fields(words: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    """{field: error} of words that are not neutral: in English, and English words within translations."""
    return {field: QUIETER for field in fields if NOT_NEUTRAL.search(words.get(field, ""))}


def validate_neutral_title(decision: Decision) -> None:
    """Refuse a title or slug that is not neutral: they become a page's title and address."""
    if NOT_NEUTRAL.search(f"{decision.title} {decision.slug}"):
        raise ValidationError({"title": QUIETER})


def validate_neutral_translation(words: Mapping[str, Any]) -> None:
    """Refuse a translated title that is not neutral, in English words or its own."""
    title = words.get("title", "")
    if NOT_NEUTRAL.search(title) or NOT_NEUTRAL_TRANSLATED.search(title):
        raise ValidationError({"title": QUIETER})
