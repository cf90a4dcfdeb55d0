"""Consultation templates that officers may start from (templates.yaml), one for each kind of question in the strategy."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

from consultation.domain import strategy_points
from consultation.surveys.models import Audience, EvaluationRound
from consultation.surveys.questionnaire_schema import Questionnaire, localised_text
from consultation.surveys.type_registry import type_of
from consultation.surveys.written_consultations import build_body_blocks

FILE = Path(__file__).with_name("templates.yaml")
CHOICES = ("options", "rows", "columns")


@dataclass(frozen=True)
class ConsultationTemplate:
    id: str
    title: str  # of the consultation: neutral, as others may see the screen
    label: str  # of the template
    what: str
    who: str
    minutes: int
    ages: tuple[int, int] | None
    audiences: tuple[str, ...]
    strands: tuple[str, ...]
    summary: str
    summary_easy: str
    parts: tuple[dict[str, Any], ...]
    online: bool = False
    rounds: tuple[EvaluationRound, ...] = ()  # of an evaluation, each of which asks the same
    help_first: str = ""

    @property
    def audience_labels(self) -> list[str]:
        return [str(Audience(one).label) for one in self.audiences]

    def blocks(self) -> list[dict[str, Any]]:
        """The raw stream of a page's body, with the template's own ids."""
        return build_body_blocks(self.written)

    @property
    def written(self) -> dict[str, list[dict[str, Any]]]:
        """Parts and questions in the notation of written consultations."""
        sections = [{key: value for key, value in part.items() if key != "questions"} for part in self.parts]
        questions = [self._build_question(part, one) for part in self.parts for one in part["questions"]]
        return {"sections": sections, "questions": questions}

    def _build_question(self, part: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
        one = written | {name: _build_choices(written[name]) for name in CHOICES if name in written}
        strands = one.pop("strands", self.strands)  # a question may speak to fewer points than its template
        own = type_of(one)
        offers_dont_know = own.block.base_blocks["dont_know"].meta.default
        tied, strand_of = not own.is_about_you, strategy_points.strand_by_sub_point()
        return (
            {"also_offers": ["dont-know", "rather-not"] if offers_dont_know else ["rather-not"]}
            | one
            | {
                "section": part["id"],
                "sensitive": bool(part.get("sensitive")),
                "context": ["online-activity"] if self.online and tied else [],
                "links": [{"strand": strand_of[slug], "sub_point": slug} for slug in strands] if tied else [],
            }
        )


def _build_choices(written: list[Any]) -> list[dict[str, Any]]:
    """A choice is its text alone, or a mapping; its id is the slug of its text."""
    choices = [one if isinstance(one, dict) else {"text": one} for one in written]
    return [{"id": slugify(one["text"])} | one for one in choices]


@cache
def load_templates() -> dict[str, ConsultationTemplate]:
    """{id: template}, in display order."""
    found = {}
    for one in yaml.safe_load(FILE.read_text(encoding="utf-8"))["templates"]:
        parts = tuple(part | {"id": slugify(part["title"])} for part in one["parts"])
        lists = {"audiences": tuple(one["audiences"]), "strands": tuple(one["strands"]), "parts": parts}
        lists["rounds"] = tuple(EvaluationRound(name) for name in one.get("rounds", ()))
        ages = tuple(one["ages"]) if "ages" in one else None
        found[one["id"]] = ConsultationTemplate(**{"label": one["title"]} | one | lists | {"ages": ages})
    return found


def asks_of_template(questionnaire: Questionnaire, template: str, *ids: str) -> bool:
    """Whether it asks these questions of a template, in the template's words."""
    texts = {localised_text(item["text"], "en") for item in questionnaire.questions}
    asked = {one["id"]: one["text"] for part in load_templates()[template].parts for one in part["questions"]}
    return {asked[one] for one in ids} <= texts
