"""Promises of a consultation's page as rows of a sheet, one for each field that has something.

That the deciding person has read the page is a word about one page: no sheet carries it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from consultation.surveys.models import ConsultationPage
from consultation.surveys.participation_fields import CHANNELS, FORMATS

LISTS = {"ways": CHANNELS, "formats": FORMATS}
TRANSLATED = (
    "groups_invited", "groups_missing", "safe_checked_by", "designed_with", "seen_how", "told_how", "decision_role",
    "can_change", "can_change_easy", "cannot_change", "cannot_change_easy",
)  # fmt: skip
PROMISES = (
    "lowest_age", "highest_age", "minutes", "help_first", "level", "ways", "formats", "answer_phone", "look_date",
    "decision_date", "feedback_date", *TRANSLATED,
)  # fmt: skip
NO_PROMISE = f"“id” of a promise is one of: {', '.join(PROMISES)}."
UNKNOWN = "“{}” is one of: {}."


def list_promise_rows(pages: Mapping[str, ConsultationPage]) -> Iterator[dict[str, Any]]:
    """`pages`: {language: page}, that of the source first."""
    source, *others = pages
    for name in PROMISES:
        if text := _format_value(getattr(pages[source], name)):
            translated = {code: getattr(pages[code], name) for code in others if name in TRANSLATED}
            yield {"what": "promise", "id": name, "text": {source: text, **translated}}


def _format_value(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def parse_promise(name: str, text: str) -> Any:
    """The value of the page's field. Raises ValidationError, in words for officers."""
    if name not in PROMISES:
        raise ValidationError(NO_PROMISE)
    if name in LISTS:
        keys, known = text.split(), [choice.key for choice in LISTS[name]]
        if set(keys) - set(known):
            raise ValidationError(UNKNOWN.format(name, ", ".join(known)))
        return keys
    field = ConsultationPage._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.clean(text.strip(), None)
