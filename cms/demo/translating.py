"""Translations in each state: Urdu live, Polish in review, Romanian outdated by a changed source."""

from consultation.questionnaires.models import ConsultationPage
from consultation.questionnaires.translating import actions
from consultation.questionnaires.translating.policies import State
from consultation.questionnaires.translating.rows import words_of

SLUG = "somewhere-to-go"
SPEAKERS = {"ur": "Nadia, who speaks Urdu", "ro": "Ioana, who speaks Romanian", "pl": "Marek, who speaks Polish"}
CHANGED, NOW = "travel", "How would you travel there?"


def show(pages, staff):
    page = ConsultationPage.objects.get(pk=pages[SLUG].pk)
    _to_live(page, "ro", staff)
    _change_the_source(page, staff)
    _to_live(page, "ur", staff)
    _begin(page, "pl", staff)
    page.get_translations().get(locale__language_code="pl").unpublish(user=staff["officer1"])


def _begin(page, language, staff):
    actions.begin(page=page, language=language, by=staff["officer1"])
    asked = {"checker": staff["officer2"], "speaker": SPEAKERS[language], "by": staff["officer1"]}
    actions.send(page=page, language=language, **asked)


def _to_live(page, language, staff):
    _begin(page, language, staff)
    waiting = [row for row in words_of(page, language).rows if row.state == State.WAITING]
    read = {row.digest: (True, "") for row in waiting if not row.faults}
    actions.judge(page=page, language=language, said=read, by=staff["officer2"])
    actions.put_live(page=page, language=language, by=staff["officer2"])


def _change_the_source(page, staff):
    body = [dict(block) for block in page.body.raw_data]
    for block in body:
        if block["id"] == CHANGED:
            block["value"] = block["value"] | {"text": NOW}
    page.body = body
    page.save_revision(user=staff["officer1"]).publish(user=staff["officer1"], skip_permission_checks=True)
    page.refresh_from_db()
