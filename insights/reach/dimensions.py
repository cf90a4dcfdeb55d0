"""By what people are told apart on the reach page: everyone, age, area, language, way of answering; each in groups."""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language_info

from consultation import handover
from insights.reach.models import EVERYONE, LANGUAGE, QUESTION, WAY

NOT_SAID = "not-said"
NOT_SAID_LABEL = "Did not say"
NAMES = {
    EVERYONE: "Everyone",
    "age": "Age",
    "area": "Area",
    LANGUAGE: "Language of the answers",
    WAY: "Way of answering",
}
ONE_CHOICE = {"single", "yesno", "area", "about", "pictures", "number", "month"}


@dataclass(frozen=True)
class Dimension:
    key: str
    title: str
    groups: tuple[tuple[str, str], ...]  # (id, label); for a question also who did not say
    question: str = ""

    @property
    def comparable(self):
        """Groups that a benchmark can have a number for."""
        return tuple((id_, label) for id_, label in self.groups if id_ != NOT_SAID)


def dimensions(page):
    """Of a consultation, as its newest version asks; everyone first."""
    newest = handover.versions(page).last()
    if newest is None:
        return []
    questionnaire = handover.Questionnaire(newest.content)
    return [
        Dimension(EVERYONE, NAMES[EVERYONE], ((EVERYONE, "Everyone"),)),
        *_asked(questionnaire),
        Dimension(LANGUAGE, NAMES[LANGUAGE], _languages(newest.content)),
        Dimension(WAY, NAMES[WAY], tuple(handover.ways(page))),
    ]


def no_longer_asked(key):
    """What a benchmark is about that the consultation does not ask: its groups are the benchmark's own."""
    return Dimension(key, NAMES.get(key, "A question that is not asked here"), ())


def _asked(questionnaire):
    """Each "about you" question with one choice; the first about age and the first about area by their short names."""
    taken = set()
    for item in questionnaire.questions:
        if not _divides(item):
            continue
        about = item["about_you"]
        key = about if about in NAMES and about not in taken else f"{QUESTION}{item['id']}"
        taken.add(key)
        groups = tuple((option["id"], handover.said(option["text"], "en")) for option in item["options"])
        title = NAMES.get(key) or handover.said(item["text"], "en")
        yield Dimension(key, title, (*groups, (NOT_SAID, NOT_SAID_LABEL)), item["id"])


def _divides(item):
    one = item["type"] in ONE_CHOICE and not handover.takes_several(item)
    return one and bool(item.get("about_you")) and bool(item["options"]) and not item.get("apart")


def _languages(content):
    return tuple((code, english_name(code)) for code in content["languages"])


def english_name(code):
    """Officers read English; where Django has no English name for a language, its own."""
    with suppress(KeyError):
        return get_language_info(code)["name"]
    return dict(settings.LANGUAGES).get(code, code)
