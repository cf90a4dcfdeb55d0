"""Demo member checks ("did we hear you right?"): one closed with figures, one open with too few replies to show."""

from datetime import timedelta

from cms.demo.demo_results import SLUG, send_poll_replies
from cms.demo.demo_staff import require_demo
from insights.coding.models import Theme
from insights.publications.member_checks import actions, member_check_replies
from insights.releases.models import Release

CLOSED = {
    "theme": "lighting-cctv-guardians",
    "words": {
        "name": "Lights and people who look out",
        "summary": "You want lights that work near paths and bus stops. You want people there who you can ask for help.",
        "easy": "You want lights. You want someone to ask for help.",
    },
    "ur": {
        "name": "بتیاں اور خیال رکھنے والے لوگ",
        "summary": "آپ چاہتے ہیں کہ راستوں اور بس سٹاپوں پر بتیاں چلیں۔ آپ چاہتے ہیں کہ وہاں مدد کے لیے کوئی ہو۔",
        "easy": "آپ بتیاں چاہتے ہیں۔ آپ چاہتے ہیں کہ مدد کے لیے کوئی ہو۔",
    },
    "urdu_speaker": "Example reader of Urdu",
    "days": (-9, -2),
    "replies": {"yes": 61, "partly": 24, "no": 18, "dk": 16},
}
OPEN = {
    "theme": "taxis-private-hire",
    "words": {
        "name": "Taxis",
        "summary": "It is hard to know if a taxi is a safe one. You want an easy way to check.",
        "easy": "It is hard to know if a taxi is safe. You want a way to check.",
    },
    "days": (-3, 18),
    "replies": {"yes": 7, "partly": 2, "no": 1, "dk": 1},
}


def open_member_checks(pages, staff, today):
    require_demo()
    release = Release.objects.published().filter(consultation=pages[SLUG]).order_by("-number").first()
    for data in (CLOSED, OPEN):
        opens, closes = (today + timedelta(days=offset) for offset in data["days"])
        made = actions.begin_member_check(
            release=release,
            theme=Theme.objects.get(codebook__slug="seed", slug=data["theme"]),
            by=staff["officer1"],
            words=data["words"],
            opens=opens,
            closes=closes,
            today=opens,
        )
        if "ur" in data:
            actions.translate_member_check(made, by=staff["officer1"], language="ur", words=data["ur"])
            actions.confirm_member_check_translation(
                made, by=staff["officer2"], language="ur", speaker=data["urdu_speaker"]
            )
        made = actions.publish_member_check(made, by=staff["officer2"], today=opens)
        send_poll_replies(made.about, data["replies"], consultation=made.consultation, about=made.about)
        member_check_replies.refresh_replies(min(closes, today))
