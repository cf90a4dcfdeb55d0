"""Demo consultations that began from a template, with equality monitoring, and a commissioning decision on them."""

import random
from datetime import timedelta

from django.conf import settings
from wagtail.models import Locale

from cms.demo import demo_evidence
from cms.demo.closed_answer_generator import ClosedAnswerGenerator
from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_staff import require_demo
from consultation.domain.strategy_points import build_strategy_links
from consultation.responses.equality_monitoring import seal_equality_and_code, write_batches
from consultation.responses.submission import submit_response
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.coding.models import Theme
from insights.decisions import actions as decisions
from insights.decisions.evidence.actions import cite_figure, list_citable_figures
from insights.releases.equality_pictures import refresh_equality_pictures
from insights.releases.models import Release
from insights.representation.actions import set_benchmark

SEED, MAY_QUOTE = 20270205, 0.88
FIELDS = ("title", "summary", "summary_easy", "minutes")


def load_template_consultations(staff, today):
    require_demo()
    written = load_demo_yaml("template_consultations.yaml")
    pages = [
        _publish_page({"promises": written["promises"]} | data, staff["officer1"], today)
        for data in written["consultations"]
    ]
    for page, data in zip(pages, written["consultations"], strict=True):
        send_chosen_answers(page, data)
    write_batches(today=today)
    refresh_equality_pictures(today)
    for page in pages:
        demo_evidence.publish_demo_release(page, page.closes + timedelta(days=2), staff)
    _set_benchmarks(pages[0], written["benchmarks"], staff["officer1"], today)
    _record_decision(pages[0], written["decision"], staff, today)


def publish_consultation_with_words(staff, today):
    """Its people write, too: `answers.yaml` has their plan."""
    return _publish_page(load_demo_yaml("template_consultations.yaml")["with_words"], staff["officer1"], today)


def _publish_page(data, by, today):
    template, locale = load_templates()[data["template"]], Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    opens, closes = (today + timedelta(days=day) for day in data["days"])
    ages = dict(zip(("lowest_age", "highest_age"), template.ages or (), strict=False))
    page = ConsultationPage(
        locale=locale, live=False, slug=data["slug"], opens=opens, closes=closes, audience=template.audiences[0],
        look_date=today + timedelta(days=2), decision_date=today + timedelta(days=4),
        feedback_date=today + timedelta(days=8), help_first=template.help_first, promise_read=True,
        **{name: data.get(name, getattr(template, name)) for name in FIELDS}, **data["promises"], **ages,
    )  # fmt: skip
    page.body = template.blocks()
    page = ConsultationIndexPage.objects.get(locale=locale).add_child(instance=page)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def send_chosen_answers(page, data, until=None):
    """`people` of them, who choose and write nothing, on the days from the first to the last, or to `until`."""
    version, rng = page.versions.latest("number"), random.Random(f"{SEED} {page.slug}")  # noqa: S311
    questionnaire = Questionnaire(version.content)
    spec = data["questions"]
    if "area" in spec:  # the district's areas get their ids when the page is saved
        spec |= {"area": _name_areas(questionnaire.by_id("area"), spec["area"])}
    apart = {item["key"] for item in questionnaire.questions if item.get("apart")}
    for _ in range(data["people"]):
        answers = ClosedAnswerGenerator(questionnaire, spec, rng, {}).draw_answers()
        equality = {key: answer for key, answer in answers.items() if key in apart}
        submit_response(
            version=version, nonce=rng.randbytes(16), language="en", texts={},
            closed={key: answer for key, answer in answers.items() if key not in apart},
            sealed_equality=seal_equality_and_code(version.content, equality),
            day=page.opens + timedelta(days=rng.randrange(((until or page.closes) - page.opens).days)),
            may_quote=rng.random() < MAY_QUOTE,
        )  # fmt: skip


def _name_areas(item, spec):
    ids = {option["text"][settings.LANGUAGE_CODE]: option["id"] for option in item["options"]}
    return {"weights": {ids[name]: weight for name, weight in spec["weights"].items()}}


def _set_benchmarks(page, benchmarks, by, today):
    for data in benchmarks:
        groups = [{"label": label, "number": number} for label, number in data["groups"].items()]
        set_benchmark(
            consultation=page, about=f"q:{data['about']}", name=data["name"], groups=groups, by=by,
            source="Invented for this demo", dated=today - timedelta(days=300),
        )  # fmt: skip


def _record_decision(page, data, staff, today):
    """Commissioning: it cites answers to this consultation, and themes of others."""
    by, fields = staff["planner"], {name: data[name] for name in data if name not in ("points", "themes", "answers")}
    made = decisions.record_decision(
        by=by, consultations=[page], links=build_strategy_links(data["points"]), decided=today - timedelta(days=4),
        due=today + timedelta(days=120), next_update=today + timedelta(days=60), **fields,
    )  # fmt: skip
    newest = {one.consultation.slug: one for one in Release.objects.published().order_by("number")}
    for slug, themes in data["themes"].items():
        for theme in Theme.objects.filter(codebook__slug="seed", slug__in=themes):
            decisions.cite_theme(decision=made, by=by, release=newest[slug], theme=theme)
    for slug, question in data["answers"].items():
        cite_figure(decision=made, by=by, figure=list_citable_figures(newest[slug]).get(key=question))
    decisions.publish_decision(decision=made, by=staff["officer2"], today=today - timedelta(days=2))
