"""Demo of closed consultations: results by two people, each kind of decision, "heard back" replies, member checks and the
awareness check of two audiences."""

import hashlib
import random
from datetime import timedelta

from cms.demo import demo_action_plans
from cms.demo.closed_answer_generator import ClosedAnswerGenerator
from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_evidence import first_two_words, publish_demo_release
from cms.demo.demo_staff import require_demo
from consultation.receipts.heard_back import actions as heard_back
from consultation.responses.submission import submit_response
from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.questionnaire_schema import Questionnaire
from consultation.surveys.starting_points.consultation_templates import load_templates
from insights.coding.models import Theme
from insights.decisions import actions as decisions
from insights.decisions.progress.actions import note_progress
from insights.decisions.translations.actions import confirm_translation, translate_decision
from insights.publications import actions as results
from insights.publications import heard_back_figures
from insights.publications.member_checks import actions, member_check_replies
from insights.releases.actions import approve_quote
from insights.releases.models import Release
from insights.releases.released_quotes import why_not_public

SLUG = "getting-about-after-dark"
QUOTED = 4  # number of themes that get public quotes


def load_results_and_decisions(pages, staff, today):
    require_demo()
    written, page = load_demo_yaml("after_dark.yaml"), pages[SLUG]
    release = Release.objects.published().filter(consultation=page).order_by("-number").first()
    themes = {theme.slug: theme for theme in Theme.objects.filter(codebook__slug="seed")}
    publish_demo_results(written["results"], release, themes, staff, today)
    _approve_quotes(release, staff)
    for data in written["decisions"]:
        _publish_decision(data, page, release, themes, staff, today)
    send_poll_replies("heard", written["heard"], consultation=page)
    heard_back_figures.refresh_heard_back(_offset_day(today, written["heard_on"]))


def publish_demo_results(data, release, themes, staff, today):
    made = results.begin_results(release=release, by=staff["officer1"], today=_offset_day(today, data["begun"]))
    results.write_results(made, by=staff["officer1"], words=_build_results_words(data, themes))
    for language, said in data["translations"].items():
        words = _build_results_words(said, themes) | {"machine": True}
        results.translate_results(made, by=staff["officer1"], language=language, words=words)
        results.confirm_results_translation(made, by=staff["officer2"], language=language, speaker=said["checked_by"])
    results.publish_results(made, by=staff["officer2"], today=_offset_day(today, data["published"]))


def _build_results_words(data, themes):
    named = {str(themes[slug].pk): name for slug, name in data["themes"].items()}
    others = {"for": data["for"]} if "for" in data else {}
    return {name: data[name].strip() for name in ("heard", "heard_easy", "next")} | {"themes": named} | others


def _offset_day(today, offset):
    return today + timedelta(days=offset)


def _approve_quotes(release, staff):
    """Two officers approve readable quotes of the most frequent themes."""
    rows = release.figures.get(kind="themes", key="all").table["rows"]
    shown = sorted((row for row in rows if row["value"]), key=lambda row: -row["value"])
    for row in shown[:QUOTED]:
        quotes = [
            quote
            for quote in release.quotes.filter(theme=int(row["id"]), erased=False, language="en")
            if "[" not in quote.text
        ]
        quotes.sort(key=lambda quote: (abs(len(quote.text) - 70), quote.text))
        for quote in {first_two_words(quote): quote for quote in reversed(quotes[:6])}.values():
            for key in ("officer1", "officer2") if not why_not_public(quote) else ():
                approve_quote(quote=quote, by=staff[key])


def _publish_decision(data, page, release, themes, staff, today):
    days = {name: _offset_day(today, data[name]) for name in ("decided", "due") if data[name] is not None}
    made = decisions.record_decision(
        by=staff["planner"],
        consultations=[page],
        next_update=_offset_day(today, 45),
        **days,
        **{name: data[name] for name in ("slug", "title", "we_asked", "you_said", "outcome", "we_did", "reason",
                                         "alternative", "lead_role", "agency", "progress", "measure", "easy")},
    )  # fmt: skip
    for slug in data["themes"]:
        decisions.cite_theme(decision=made, by=staff["planner"], release=release, theme=themes[slug])
    demo_action_plans.write_action_plan(made, staff, today)
    decisions.publish_decision(decision=made, by=staff["officer2"], today=days["decided"] + timedelta(days=2))
    notes = [_note_progress(made, note, staff, today) for note in data["notes"]]
    if "ur" in data:
        said = dict(data["ur"])
        speaker = said.pop("checked_by")
        said["notes"] = {note.pk: words for note, words in zip(notes, said["notes"], strict=True)}
        translate_decision(made, by=staff["officer1"], language="ur", words=said | {"machine": True})
        confirm_translation(made, by=staff["officer2"], language="ur", speaker=speaker)


def _note_progress(decision, note, staff, today):
    return note_progress(
        decision=decision,
        by=staff["officer1"],
        progress=note["progress"],
        words=note["words"],
        next_update=_offset_day(today, note["next"]) if note["next"] is not None else None,
        today=_offset_day(today, note["day"]),
    )


def send_poll_replies(seed, replies, **poll):
    """Send `replies` ({choice: number}) to a poll, with nonces that are the same in every demo."""
    for choice, number in replies.items():
        for n in range(number):
            nonce = hashlib.sha256(f"demo {seed} {choice} {n}".encode()).digest()[: heard_back.NONCE]
            heard_back.save_poll_answer(nonce=nonce, choice=choice, **poll)


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
