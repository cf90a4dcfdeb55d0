from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from consultation.strategy_provisions import START_A_SURVEY, Proof, provides_for
from consultation.surveys.models import PublishedVersion
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.starting_points.consultation_templates import asks_of_template

AT_MOST = 300  # letters of a text on support by police and courts

type Asked = list[tuple[PublishedVersion, Questionnaire]]


def list_asked() -> Asked:
    """The newest version of each live consultation, with its questions."""
    newer = PublishedVersion.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
    newest = PublishedVersion.objects.filter(~Exists(newer), page__live=True).order_by("page")
    rows = newest.select_related("page").defer("page__body")
    return [(version, Questionnaire(version.content)) for version in rows]


STARTED: dict[str, Any] = START_A_SURVEY | {"over": list_asked}


def _find_versions(asked: Asked, asks: Callable[[Questionnaire], Any]) -> Iterator[Proof]:
    for version, questionnaire in asked:
        if asks(questionnaire):
            yield Proof(version, version.page.title, version.page.get_url() or "")


@provides_for("understand-vulnerable-groups", "equality", "Equality questions are asked, and kept apart", **STARTED)
def find_equality_monitoring(versions: Asked) -> Iterator[Proof]:
    return _find_versions(versions, lambda asked: any(item.get("apart") for item in asked.questions))


@provides_for("understand-victims-gender-age", "harmonised", "Sex, gender and an age band are asked", **STARTED)
def find_harmonised_questions(versions: Asked) -> Iterator[Proof]:
    return _find_versions(
        versions,
        lambda asked: (
            asks_of_template(asked, "safe-places", "sex", "gender")
            and any(item["about_you"] == "age" for item in asked.questions)
        ),
    )


@provides_for("understand-locations", "asked", "A question asks about types of place", **STARTED)
def find_questions_about_places(versions: Asked) -> Iterator[Proof]:
    return _find_versions(versions, lambda asked: any(item.get("place_types") for item in asked.questions))


@provides_for("safeguard-support-services", "experience", "Young people are asked how support was", **STARTED)
def find_experience_of_support(versions: Asked) -> Iterator[Proof]:
    return _find_versions(
        versions, lambda asked: asks_of_template(asked, "support-experience", "wait", "kind", "same", "better")
    )


@provides_for("disrupt-victim-support", "stage", "Support is asked about at each stage, never the case", **STARTED)
def find_stage_questions(versions: Asked) -> Iterator[Proof]:
    return _find_versions(
        versions,
        lambda asked: (
            asks_of_template(asked, "police-court", "stage")
            and all(item["max_length"] and item["max_length"] <= AT_MOST for item in asked.texts)
        ),
    )
