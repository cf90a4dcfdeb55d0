"""Demo consultations that began from a template, with equality monitoring, and a commissioning decision on them; a draft
with findings; and translations in each state: Urdu live, Polish in review, Romanian outdated."""

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
from consultation.surveys.translations import actions
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.translation_rows import load_page_translation
from consultation.surveys.validation.actions import override_finding
from consultation.surveys.validation.findings import build_findings_report
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


def publish_consultations_with_words(staff, today):
    """Their people write, too: `answers.yaml` has the plans."""
    written = load_demo_yaml("template_consultations.yaml")["with_words"]
    return [_publish_page(data, staff["officer1"], today) for data in written]


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


NOT_FIELDS = {"questions", "overridden"}


def create_survey_draft(staff, today):
    """Create the draft; it is never published."""
    data = load_demo_yaml("draft.yaml")
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    fields = {name: value for name, value in data.items() if name not in NOT_FIELDS}
    page = ConsultationPage(locale=locale, live=False, opens=today + timedelta(days=20), **fields)
    page.closes = page.opens + timedelta(days=10)
    page.body = [_build_question_block(**question) for question in data["questions"]]
    ConsultationIndexPage.objects.get(locale=locale).add_child(instance=page)
    page.save_revision(user=staff["officer1"])
    asked = data["overridden"]
    found = next(one for one in build_findings_report(page).stopping if one.finding.spot.block == asked["question"])
    override_finding(page=page, digest=found.finding.digest, reason=asked["reason"], by=staff["officer1"])
    return page


def _build_question_block(type, id, **value):  # noqa: A002  the names of Wagtail's notation
    return {"type": type, "id": id, "value": {"rather_not": True} | value}


SLUG = "somewhere-to-go"
SPEAKERS = {"ur": "Nadia, who speaks Urdu", "ro": "Ioana, who speaks Romanian", "pl": "Marek, who speaks Polish"}
CHANGED, NOW = "travel", "How would you travel there?"


def load_translations(pages, staff):
    page = ConsultationPage.objects.get(pk=pages[SLUG].pk)
    _publish_translation(page, "ro", staff)
    page.body = [
        block | {"value": block["value"] | {"text": NOW}} if block["id"] == CHANGED else block
        for block in page.body.raw_data
    ]
    page.save_revision(user=staff["officer1"]).publish(user=staff["officer1"], skip_permission_checks=True)
    page.refresh_from_db()
    _publish_translation(page, "ur", staff)
    _send_for_review(page, "pl", staff)
    page.get_translations().get(locale__language_code="pl").unpublish(user=staff["officer1"])


def _send_for_review(page, language, staff):
    actions.begin_translation(page=page, language=language, by=staff["officer1"])
    asked = {"checker": staff["officer2"], "speaker": SPEAKERS[language], "by": staff["officer1"]}
    actions.send_to_checker(page=page, language=language, **asked)


def _publish_translation(page, language, staff):
    _send_for_review(page, language, staff)
    waiting = [row for row in load_page_translation(page, language).rows if row.state == StringState.WAITING]
    read = {row.digest: (True, "") for row in waiting if not row.faults}
    actions.judge_strings(page=page, language=language, said=read, by=staff["officer2"])
    actions.publish_language(page=page, language=language, by=staff["officer2"])
