"""Staffing in the demo: two readers for everything, an extended last day, short links per channel, and a rota gap."""

from datetime import timedelta

from cms.demo import demo_safeguarding
from consultation.channels.promotion.promotion_texts import promotion_channels_for
from consultation.channels.short_links import actions as links
from consultation.reading.staffing.actions import name_readers
from consultation.surveys.schedule.actions import move_last_day

STAFFED = 56  # days from now
OPEN_LONGER, BY = "somewhere-to-go", 5  # days
GOES_OUT, IN_LANGUAGES = "safe-in-bradford", ("en", "ur")
WHY = {
    "en": "Many of you asked for more time.",
    "ur": "بہت سے لوگوں نے اور وقت مانگا۔",
    "pl": "Wiele osób prosiło o więcej czasu.",
    "bn": "অনেকে আরও সময় চেয়েছে।",
    "sk": "Veľa ľudí chcelo viac času.",
    "ro": "Mulți au cerut mai mult timp.",
    "pa": "ਬਹੁਤ ਸਾਰਿਆਂ ਨੇ ਹੋਰ ਸਮਾਂ ਮੰਗਿਆ।",
    "ar": "طلب كثيرون وقتًا أطول.",
}


def staff_consultations(pages, staff, today):
    until, officer = today + timedelta(days=STAFFED), staff["officer1"]
    readers = [staff["reader1"], staff["reader2"]]
    name_readers(page=None, readers=readers, first_day=today, last_day=until, by=officer)
    extended = pages[OPEN_LONGER]
    move_last_day(page=extended, by=officer, to=extended.closes + timedelta(days=BY), why=WHY, today=today)
    for language in IN_LANGUAGES:
        page = pages[GOES_OUT]
        links.make_links_for_channels(
            page=page, channels=promotion_channels_for(page.audience)[:-1], language=language, by=officer
        )
    demo_safeguarding.leave_rota_gap(staff, today)
