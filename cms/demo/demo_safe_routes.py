"""Two surveys with help of their own, where to report a crime and support for adult survivors; an answer each that goes
to a lead first; a report of what others chose; and places that leads wrote down long ago."""

from datetime import timedelta

from cms.demo.demo_consultations import load_demo_yaml
from cms.demo.demo_evidence import publish_demo_release
from cms.demo.demo_templates import send_chosen_answers
from consultation.reading import actions as reading
from consultation.responses.models import Answer
from consultation.responses.submission import submit_response
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.models import CaseState
from consultation.safeguarding.named_places.actions import note_place
from consultation.surveys.starting_points.actions import start_from_template
from consultation.surveys.starting_points.consultation_templates import load_templates

NOT_FIELDS = {"template", "title", "question", "text", "hidden", "non_recent", "places", "people", "questions"}
OPENED, REPORTED, CLOSES, LOOK, DECIDE, TELL = -30, -3, 40, 50, 55, 60  # days from today


def load_safe_routes(staff, today):
    for told in load_demo_yaml("safe_routes.yaml")["surveys"]:
        page = _publish_survey(told, staff["officer1"], today)
        send_chosen_answers(page, told, until=today + timedelta(days=REPORTED))
        publish_demo_release(page, today + timedelta(days=REPORTED), staff)
        _send_to_leads(_submit_answer(page, told, today), told, staff)


def _publish_survey(told, officer, today):
    template = load_templates()[told["template"]]
    page = start_from_template(template=template, title=told["title"], by=officer)
    page.body = template.blocks()  # with the template's ids, by which the chances name a question
    days = {"opens": OPENED, "closes": CLOSES, "look_date": LOOK, "decision_date": DECIDE, "feedback_date": TELL}
    fields = {name: value for name, value in told.items() if name not in NOT_FIELDS}
    for name, value in (fields | {name: today + timedelta(days=n) for name, n in days.items()}).items():
        setattr(page, name, value)
    page.save_revision(user=officer).publish(user=officer, skip_permission_checks=True)
    return page


def _submit_answer(page, told, today):
    version = page.versions.get()
    asked = next(item["id"] for item in version.content["items"] if item["text"]["en"] == told["question"])
    sent = submit_response(
        version=version, nonce=f"demo {told['template']}".encode(), language="en", closed={},
        texts={asked: (told["text"], False)}, day=today, may_quote=False,
    )  # fmt: skip
    return Answer.objects.get(response=sent.response)


def _send_to_leads(answer, told, staff):
    """What names a person or a place with harm goes to a lead first; the lead writes the place down, sealed."""
    reader, lead = staff["reader1"], staff["lead1"]
    reading.open_answer_text(answer=answer, by=reader)
    spans = [{"start": start, "end": end, "type": kind} for start, end, kind in told["hidden"]]
    reading.decide_answer(
        answer=answer, by=reader, decision="triage", spans=spans, note="It may go on today.", harm=True,
        non_recent=told["non_recent"],
    )  # fmt: skip
    case = answer.case
    if told["places"]:
        safeguarding.claim_case(case=case, by=lead)
        safeguarding.view_case_texts(case=case, by=lead, reason="To decide.")
    for place in told["places"]:
        note_place(case=case, by=lead, **place)


def note_place_and_close(answer, place, words, staff, read_at, closed_at):
    """A lead writes down the place that the words name, sealed, and closes the case: its type is left."""
    reader, lead = staff["reader1"], staff["lead1"]
    start = words.index(place["name"])
    hidden = [{"start": start, "end": start + len(place["name"]), "type": "PLACE"}]
    reading.open_answer_text(answer=answer, by=reader)
    reading.decide_answer(
        answer=answer, by=reader, decision="triage", spans=hidden, note="Look there.", priority="T2", now=read_at
    )
    case = safeguarding.claim_case(case=answer.case, by=lead, now=read_at)
    safeguarding.view_case_texts(case=case, by=lead, reason="To decide.", now=read_at)
    named = {name: place[name] for name in ("name", "place_type")}
    note_place(case=case, by=lead, reason="The police asked where it is.", now=closed_at, **named)
    said = "The police looked there, and found nobody."
    safeguarding.move_case(case=case, by=lead, to=CaseState.LEARNING_ONLY, reason=said, now=closed_at)
    safeguarding.close_case(
        case=case, by=lead, outcome="nobody can be identified", reason=said, reporting_duty="no", now=closed_at
    )
