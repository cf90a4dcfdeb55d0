"""The reference on every page of a paper form: consultation, version, language and a check letter.

A version never changes, so the reference tells a typist what each box meant when the form was printed.
"""

import re
from typing import NamedTuple

from consultation.surveys.models import PublishedVersion

CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # 23, a prime number; without I, O and Q, which are read as figures
TYPED_REFERENCE = re.compile(r"(\d{1,9})\W*[- ./]\W*(\d{1,6})\W*[- ./]?\W*([A-Za-z]{2,3}?)\W*[- ./]?\W*([A-Za-z])")


class PaperFormReference(NamedTuple):
    page: int
    number: int
    language: str

    @property
    def text(self):
        body = f"{self.page}-{self.number}-{self.language.upper()}"
        # A letter that detects a wrong sign and a swap of two neighbouring signs.
        signs = [int(sign, 36) if sign.isalnum() else 36 for sign in body]
        total = sum(place * value for place, value in enumerate(signs, start=2))
        return f"{body}-{CHECK_LETTERS[total % len(CHECK_LETTERS)]}"


def make_form_reference(version, language):
    return PaperFormReference(version.page_id, version.number, language)


def parse_form_reference(typed):
    """The FormReference in typed text of either case; None for a wrong check letter."""
    found = TYPED_REFERENCE.fullmatch(typed.strip())
    if found is None:
        return None
    page, number, language, letter = found.groups()
    reference = PaperFormReference(int(page), int(number), language.lower())
    return reference if reference.text.endswith(f"-{letter.upper()}") else None


def find_version_by_reference(typed):
    """(version, language) of a typed reference; None for a form that does not exist."""
    reference = parse_form_reference(typed)
    if reference is None:
        return None
    numbered = PublishedVersion.objects.filter(page=reference.page, number=reference.number)
    version = numbered.select_related("page").first()
    if version is None or reference.language not in version.content["languages"]:
        return None
    return version, reference.language
