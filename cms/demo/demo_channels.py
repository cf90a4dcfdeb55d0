"""Other channels in the demo: two short links in print, a shared tablet, and a group session."""

import random
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cms.demo.demo_respondents import SEED
from consultation.channels.group import actions as group
from consultation.channels.group.group_form import GroupForm
from consultation.channels.kiosk import actions as kiosks
from consultation.channels.kiosk.models import Kiosk
from consultation.channels.short_links import actions as links
from consultation.channels.short_links.models import Outlet
from consultation.reading import actions as reading
from consultation.reading.models import ReadingDecision
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, Channel

TABLET = "Youth club tablet"
# Thresholds for a nonce byte (0-255): 32 used the poster, and 4 the card, too few to be shown.
BY_POSTER, BY_CARD = 32, 36
SAID = {
    "one-change": "Most of them said lights at the bus stops come first, and a grown-up who is there every week. Some said "
    "that new lights help no one when the path behind them stays dark.",
    "unsafe-when": "They agreed on evenings. In winter it is dark when clubs end, and the walk home is the worst part.",
    "stop-asking": "They said that people ask too many questions at once, and that it gets back to school.",
}
NOBODY_IN_DANGER = "Said in a group about others in general. The facilitator spoke with them."
LEFT_TO_READ = "stop-asking"


def create_short_links(page, staff):
    """Returns (poster, card)."""
    wanted = (("Poster in libraries", Outlet.POSTER), ("Card from the youth club", Outlet.TABLE_CARD))
    return tuple(
        links.make_link(page=page, label=label, language="en", channel=channel, by=staff["officer1"])
        for label, channel in wanted
    )


def link_used_by(one, made):
    """Name of the short link that the respondent used; "" for most."""
    if not made or one.channel != Channel.WEB:
        return ""
    poster, card = made
    return poster.name if one.nonce[0] < BY_POSTER else card.name if one.nonce[0] < BY_CARD else ""


def set_up_tablet(page, staff, today):
    languages = [code for code, _ in settings.LANGUAGES]
    kiosks.set_up_kiosk(page=page, name=TABLET, until=page.closes or today, languages=languages, by=staff["officer1"])


def renew_tablet_pin():
    """Set and return a new PIN: the old one is stored only as a hash."""
    kiosk = Kiosk.objects.working().filter(name=TABLET).first()
    return kiosks.change_kiosk_pin(kiosk=kiosk, by=None) if kiosk else ""


def enter_group_session(page, staff, today):
    """A facilitator enters a group's answers; a reader has read all notes but one."""
    version = page.versions.order_by("-number").first()
    asked = next(item for item in version.content["items"] if item["id"] == "unsafe-when")
    evening = [option["key"] for option in asked["options"] if option["id"] == "evening"]
    entry = GroupForm(size="7-10", closed={asked["key"]: evening}, notes=SAID)
    nonce = random.Random(f"{SEED} group").randbytes(16)  # noqa: S311
    sent = group.enter_group_session(
        version=version, nonce=nonce, language="en", entry=entry, by=staff["reader1"], day=today - timedelta(days=12)
    )
    screen_unread()
    redact_screened()
    earlier = timezone.now() - timedelta(hours=1)
    for answer in Answer.objects.filter(response=sent.response).exclude(question=LEFT_TO_READ):
        reading.open_answer_text(answer=answer, by=staff["reader2"])
        reading.decide_answer(
            answer=answer,
            by=staff["reader2"],
            decision=ReadingDecision.CLEAR,
            spans=[],
            note=NOBODY_IN_DANGER,
            language="en",
            now=earlier,
        )
