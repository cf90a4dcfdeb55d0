"""Translations in each state: Urdu live, Polish in review, Romanian outdated by a changed source."""

from consultation.surveys.models import ConsultationPage
from consultation.surveys.translations import actions
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.translation_rows import load_page_translation

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
