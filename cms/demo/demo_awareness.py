"""The awareness check in the demo, asked of two audiences: its answers, its releases and its results."""

import random
from datetime import timedelta

from cms.demo.closed_answer_generator import ClosedAnswerGenerator
from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_evidence import publish_demo_release
from cms.demo.demo_results import publish_demo_results
from consultation.responses.submission import submit_response
from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.starting_points.consultation_templates import load_templates

TEMPLATE = "awareness-check"


def load_awareness_checks(staff, today):
    written, template = load_demo_yaml("awareness.yaml"), load_templates()[TEMPLATE]
    for row in written.pop("consultations"):
        page = load_consultation(_describe(row, written, template, today), by=staff["officer1"])
        _send_answers(page, row)
        release = publish_demo_release(page, today + timedelta(days=written["release"]), staff)
        results = {"themes": {}, "translations": {}, "begun": written["release"], "published": written["published"]}
        publish_demo_results(row["results"] | results, release, {}, staff, today)


def _describe(row, written, template, today):
    """The consultation as `load_consultation` reads it, with the template's questions."""
    days = {name: today + timedelta(days=offset) for name, offset in written["dates"].items()}
    gate = written["participation_gate"]
    told = {name: days[name] for name in ("decision_date", "feedback_date")}
    gate |= {
        "audience": gate["audience"] | {"date_they_will_look": days["look_date"]},
        "influence": gate["influence"] | told,
    }
    summaries = {"summary": template.summary, "summary_easy": template.summary_easy}
    return written | row | summaries | template.written | {name: days[name] for name in ("opens", "closes")}


def _send_answers(page, row):
    rng, version = random.Random(page.slug), page.versions.get()  # noqa: S311  (invented people, not keys)
    questionnaire = Questionnaire(version.content)
    for _ in range(row["people"]):
        nonce = rng.randbytes(16)
        submit_response(
            version=version,
            nonce=nonce,
            language="en",
            closed=ClosedAnswerGenerator(questionnaire, row["answers"], rng, {}).draw_answers(),
            texts={},
            may_quote=nonce[0] % 8 != 0,
            day=page.opens + timedelta(days=rng.randrange(28)),
        )
