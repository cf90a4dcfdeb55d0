"""News, a campaign, invented help entries, self-assessments and a half done launch checklist in the demo."""

from datetime import timedelta

from wagtail.images import get_image_model
from wagtail.models import Locale

from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_evaluations import answer_round, publish_round
from cms.operations.launch import actions
from cms.site.hear_by_right.actions import record_assessment
from cms.site.news.campaigns.actions import TEMPLATE, begin_campaign_evaluation
from cms.site.news.models import CampaignPage, NewsIndexPage, NewsPage
from consultation.safeguarding.models import HelpEntry
from consultation.surveys.starting_points.consultation_templates import load_templates

PLAIN = ("slug", "title", "summary", "audience", "themes")


def load_site_content(pages, staff, today):
    told = load_demo_yaml("site.yaml")
    index = NewsIndexPage.objects.get(locale__language_code="en")
    for row in told["news"]:
        page = _publish_news_page(index, NewsPage, row, today)
        for code, words in row.get("translations", {}).items():
            _translate_page(page, code, words)
    row = told["campaign"]
    dates = {name: today + timedelta(days=row[name]) for name in ("starts", "ends")}
    campaign = _publish_news_page(
        index, CampaignPage, row, today, consultations=[pages[slug] for slug in row["consultations"]], **dates
    )
    _open_campaign_evaluation(campaign, told["evaluation"], staff["officer1"], today)
    _draft_news(index, staff["officer1"], today)
    for order, row in enumerate(told["help"], start=3):
        checked = today - timedelta(days=row.pop("checked"))
        HelpEntry.objects.get_or_create(slug=row["slug"], defaults={**row, "order": order, "checked_on": checked})
    for row in told["standards"]:
        day = today - timedelta(days=row.pop("days"))
        record_assessment(**row, by=staff["officer1"], today=day)


def _publish_news_page(index, model, row, today, consultations=(), **more):
    fields = {name: row[name] for name in PLAIN if name in row}
    page = model(
        locale=index.locale,
        day=today - timedelta(days=row["days"]),
        body=_build_body(row, row["body"]),
        **fields,
        **more,
    )
    index.add_child(instance=page)
    if consultations:
        page.consultations = consultations
    page.save_revision().publish(skip_permission_checks=True)
    return page


def _open_campaign_evaluation(campaign, told, officer, today):
    page = begin_campaign_evaluation(campaign=campaign, by=officer)
    publish_round(page, told, told["round"], officer, today)
    answer_round(page, load_templates()[TEMPLATE], told, told["round"], today)


def _build_body(row, words):
    body = [("words", words)]
    picture = row.get("picture")
    image = get_image_model().objects.filter(title=picture["name"]).first() if picture else None
    return [*body, ("picture", {"picture": image, "alt": picture["alt"], "caption": ""})] if image else body


def _translate_page(page, code, words):
    translated = page.copy_for_translation(Locale.objects.get(language_code=code), copy_parents=True)
    for name in ("title", "summary", "themes"):
        setattr(translated, name, words[name])
    translated.body = [("words", words["body"])]
    translated.save_revision().publish(skip_permission_checks=True)


def _draft_news(index, officer, today):
    """A news page that waits for a second officer."""
    page = NewsPage(locale=index.locale, slug="holiday-club", title="A club for the holidays", day=today, live=False)
    page.summary, page.body = "It opens on the first Monday.", [("words", "<p>Ask at the library.</p>")]
    index.add_child(instance=page)
    page.save_revision(user=officer)
    page.get_workflow().start(page, officer)


TICKS = (
    (
        "screen-read",
        "Dr Nadia Example, youth work lead",
        "Two sayings from our clubs were not found. They are sent in.",
        9,
    ),
    ("questions-read", "Tom Example, participation officer", "Jo and Kai, 12. They did not know “partnership”.", 12),
    ("keys-kept", "Ingrid Example, head of IT", "Safe in the town hall, and with the auditor.", 6),
    ("dpia-01", "Farah Example, data protection officer", "", 20),
    ("dpia-06", "Farah Example, data protection officer", "", 20),
)
TAKEN_BACK = ("help-called", "Tom Example, participation officer", "One number had changed.", 40)


def tick_launch_items(staff, today):
    officer = staff["officer1"]
    for item, checker, note, days in (*TICKS, TAKEN_BACK):
        checked_on = today - timedelta(days=days)
        made = actions.tick_item(item=item, checker=checker, checked_on=checked_on, note=note, by=officer)
    actions.untick_item(tick=made, by=staff["officer2"])
