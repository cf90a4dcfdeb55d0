"""Demo of a closed consultation: results by two people, each kind of decision, and "heard back" replies."""

import hashlib
from datetime import timedelta

from cms.demo import demo_action_plans
from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_evidence import first_two_words
from cms.demo.demo_staff import require_demo
from consultation.receipts.heard_back import actions as heard_back
from insights.coding.models import Theme
from insights.decisions import actions as decisions
from insights.decisions.progress.actions import note_progress
from insights.decisions.translations.actions import confirm_translation, translate_decision
from insights.publications import actions as results
from insights.publications import heard_back_figures
from insights.releases.actions import approve_quote
from insights.releases.models import Release
from insights.releases.released_quotes import why_not_public

SLUG = "getting-about-after-dark"
LATE = "training-did-it-help"
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
