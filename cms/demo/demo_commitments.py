"""Public promises in the demo, and a youth panel: pledges that were kept, begun and late, offers of groups of which one
nobody has read yet, principles with and without evidence, a draft that a panel looks at, and what another changed."""

import uuid
from datetime import timedelta

from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_staff import require_demo
from cms.site.hear_by_right.actions import record_assessment
from consultation.reading.panel_words.actions import clear_words, list_for_readers, screen_panel_words, view_words
from consultation.surveys.models import ConsultationPage
from consultation.surveys.youth_panel import actions as panel
from insights.commitments import actions
from insights.commitments.models import SentOffer
from insights.decisions.models import Decision
from insights.publications.models import Results

MADE = -70  # days from today, where the row has no day of its own
MEMBERS = 6


def load_commitments(staff, today):
    require_demo()
    data = load_demo_yaml("commitments.yaml")
    for one in data["pledges"]:
        _publish_commitment(
            actions.draft_commitment(kind="pledge", **_read_words(one, staff, today)), one, staff, today
        )
    for one in data["offers"]:
        offer = _send_offer(one, _find_day_made(one, today))
        _publish_commitment(actions.take_offer(offer=offer, **_read_words(one, staff, today)), one, staff, today)
    _send_offer(data["waiting"], today - timedelta(days=1))
    for one in data["principles"]:
        made = actions.draft_commitment(kind="principle", **_read_words(one, staff, today))
        _publish_commitment(made, one, staff, today)
        for decision in Decision.objects.filter(slug__in=one.get("decisions", ())):
            chosen = [*decision.commitments.principles(), made]
            actions.choose_principles(decision=decision, by=staff["officer1"], principles=chosen)
        if looked := one.get("looked_at"):
            day = today + timedelta(days=looked.pop("day"))
            record_assessment(indicator=f"principle-{made.pk}", by=staff["officer1"], today=day, **looked)
    _show_to_panels(data["panel"], staff, today)


def _read_words(one, staff, today):
    days = {
        name: today + timedelta(days=one[name]) if isinstance(one.get(name), int) else None
        for name in ("due", "begins")
    }
    of = one.get("results")
    return days | {
        "by": staff["officer1"],
        "name": one["name"],
        "what": one["what"],
        "language": "en",
        "results": Results.objects.published().filter(consultation__slug=of).first() if of else None,
        "decisions": list(Decision.objects.published().filter(slug__in=one.get("decisions", ()))),
        "today": _find_day_made(one, today),
    }


def _find_day_made(one, today):
    return today + timedelta(days=one.get("made", MADE))


def _send_offer(one, day):
    key = uuid.uuid5(uuid.NAMESPACE_URL, one["name"])
    said = {"name": one["name"], "what": one["what"], "begins": str(one["begins"]), "contact": one["contact"]}
    actions.receive_offer(key=key, language="en", today=day, **said)
    actions.screen_sent_offers()
    return SentOffer.objects.get(pk=key)


def _publish_commitment(made, one, staff, today):
    actions.publish_commitment(made, by=staff["officer2"], today=_find_day_made(one, today) + timedelta(days=1))
    for note in one.get("notes", ()):
        day = today + timedelta(days=note["day"])
        told = {"progress": note["progress"], "words": note["words"]}
        note = actions.note_progress(commitment=made, by=staff["officer1"], today=day, **told)
        actions.publish_note(note, by=staff["officer2"], today=day)


def _show_to_panels(data, staff, today):
    by = staff["officer1"]
    for slug, offset, marks, said in (
        (data["told"], data["day"], data["marks"], data["words"]),
        (data["looks_at"], data["looked_on"], data["looked"], data["waiting"]),
    ):
        page = ConsultationPage.objects.get(slug=slug, locale__language_code="en")
        seed, day = f"panel of {slug} in the demo".encode(), today + timedelta(days=offset)
        begun, _ = panel.begin_round(consultation=page, number=MEMBERS, by=by, seed=seed, today=day)
        if slug == data["told"]:
            begun.questions += data["gone"]  # the draft of then is not kept
            begun.save(update_fields=["questions"])
        for digest, ticks in zip(begun.codes, marks, strict=False):
            ids = {begun.questions[at]["id"]: [mark] for at, mark in ticks.items()}
            words = {begun.questions[at]["id"]: said.pop(at) for at in ticks if at in said}  # one member writes it
            panel.take_marks(digest=digest, marks=ids, words=words)
        screen_panel_words()
        if slug == data["told"]:
            for sent in list_for_readers():
                clear_words(words=sent, by=staff["reader1"], text=view_words(words=sent, by=staff["reader1"])[1])
            panel.end_round(panel_round=begun, by=by)
            told = panel.tell_changes(panel_round=begun, by=by, changed=data["changed"], today=day)
            panel.agree_to_changes(panel_round=told, by=staff["officer2"], words=told.changed, today=day)
