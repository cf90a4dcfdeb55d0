"""Someone may look over a child’s shoulder (A3): titles, addresses and short names of what is public are quiet ones."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from insights.decisions.models import Decision

NOT_NEUTRAL = re.compile(
    r"exploit|abus|\bcse\b|\bcce\b|safeguard|sexual|slavery|traffick|\brap(?:e|ed|ist)\b|groom(?:ed|ing)\b|porn|suicid"
    r"|self.?harm|domestic.violence",
    re.IGNORECASE,
)
# What the other languages of the site say for the same. It catches the plain words; whoever checks a translation reads it.
ELSEWHERE = re.compile(
    r"seks|sexu|molest|gwałc|gwałt\b|samobój|zneuž|vykoris[tť]|znásiln|samovra|abuz|exploat|sinucid|viol(?:at|ul)\b"
    r"|استحصال|زیادتی|جنسی|خودکشی|استغلال|اعتداء|جنسي|اغتصاب|انتحار"
    r"|শোষণ|নির্যাতন|যৌন|ধর্ষণ|আত্মহত্যা|ਸ਼ੋਸ਼ਣ|ਜਿਨਸੀ|ਬਲਾਤਕਾਰ|ਖੁਦਕੁਸ਼ੀ",
    re.IGNORECASE,
)
QUIETER = "Someone may look over a child’s shoulder. Say this in quieter words."


def check_quiet(decision: Decision) -> None:
    """Before it is public: its title stands in the title of a page, and its slug in an address."""
    if NOT_NEUTRAL.search(f"{decision.title} {decision.slug}"):
        raise ValidationError({"title": QUIETER})


def check_quiet_words(words: Mapping[str, Any]) -> None:
    """The same of its title in another language, whether it took the word from English or has its own."""
    title = words.get("title", "")
    if NOT_NEUTRAL.search(title) or ELSEWHERE.search(title):
        raise ValidationError({"title": QUIETER})
