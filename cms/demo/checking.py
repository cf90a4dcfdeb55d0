"""Demo member checks ("did we hear you right?"): one closed with figures, one open with too few replies to show."""

import hashlib
from datetime import timedelta

from cms.demo.aftermath import SLUG
from cms.demo.people import only_on_a_demo
from consultation.receipts.heard import actions as heard_back
from insights.checks import actions, replies
from insights.coding.models import Theme
from insights.reports.models import Release

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


def ask(pages, staff, today):
    only_on_a_demo()
    release = Release.objects.published().filter(consultation=pages[SLUG]).order_by("-number").first()
    for data in (CLOSED, OPEN):
        _ask(data, release, staff, today)


def _ask(data, release, staff, today):
    opens, closes = (today + timedelta(days=offset) for offset in data["days"])
    theme = Theme.objects.get(codebook__slug="seed", slug=data["theme"])
    made = actions.begin(
        release=release,
        theme=theme,
        by=staff["officer1"],
        words=data["words"],
        opens=opens,
        closes=closes,
        today=opens,
    )
    if "ur" in data:
        actions.translate(check=made, by=staff["officer1"], language="ur", words=data["ur"])
        actions.confirm(check=made, by=staff["officer2"], language="ur", speaker=data["urdu_speaker"])
    made = actions.publish(check=made, by=staff["officer2"], today=opens)
    for choice, number in data["replies"].items():
        for n in range(number):
            nonce = hashlib.sha256(f"demo {made.about} {choice} {n}".encode()).digest()[: heard_back.NONCE]
            heard_back.take(consultation=made.consultation, about=made.about, nonce=nonce, choice=choice)
    replies.refresh(min(closes, today))
