"""Loads published real comments beside the demo: import, reading, human codes, release, decision.

They come from a folder outside this repository.
"""

import csv
import itertools
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cms.demo import demo_consultations
from cms.demo.demo_evidence import propose_all_codes
from cms.demo.demo_staff import load_demo_staff
from consultation.channels.imports.direct_import import import_file_directly
from consultation.reading import actions as reading
from consultation.reading.models import ReadingDecision
from consultation.reading.redaction_sweep import redact_screened
from consultation.reading.screening_sweep import screen_unread
from consultation.responses.models import Answer, Response
from consultation.surveys.consultation_loading import load_consultation
from consultation.surveys.models import ConsultationPage
from insights.coding.codebooks import approve_version, load_codebook, themes_from_csv
from insights.coding.desk.actions import confirm_many_texts
from insights.coding.models import Theme
from insights.corpus.actions import take_released_texts
from insights.corpus.models import Text
from insights.decisions import actions as decisions
from insights.releases.actions import create_release, publish_release

LONDON, NHS = "young-londoners-on-policing", "how-was-your-care"
LONDON_FILE, NHS_FILE, NHS_CODEBOOK = "london_youth_policing.csv", "nhs_feedback_dev.csv", "nhs_codebook.csv"
READABLE = 90  # characters; the preferred length of cited quotes
READ_BEFORE = "Published as open data: read and cleared by its publisher."
LONDON_MAP = {
    "text": {"text": "scrutiny"},
    "language": "lang_guess",
    "ignore": ["conversation", "topic", "comment_id", "moderated", "agrees", "disagrees"],
}
NHS_MAP = {
    "long": {
        "question": "question",
        "text": "text",
        "questions": {
            "FFT Why?": "why",
            "What was good?": "why",
            "Please describe any things about the 111 service that you were particularly satisfied and/or dissatisfied "
            "with": "why",
            "How could we improve?": "better",
            "What could we do better?": "better",
        },
    },
    "person": {"column": "id", "until": " - Q"},
    "ignore": ["trust", "service", "fft", "sentiment_1pos_5neg", "labels"],
}
DECISION = {
    "slug": "shorter-waits-told-in-time",
    "title": "Shorter waits, and told in time",
    "we_asked": "How could we improve?",
    "you_said": "You wait too long, and nobody tells you why.",
    "outcome": "partly",
    "we_did": "You get a text when you are next but three, and another when we run late.",
    "reason": "We cannot hire enough people this year to make each wait shorter.",
    "alternative": "We tell you how long it will be, so that you can wait at home.",
    "lead_role": "Head of patient experience",
    "measure": "We will count the waits of more than an hour, and say how many were told.",
    "easy": {
        "we_asked": "How could we be better?",
        "you_said": "You wait too long.",
        "we_did": "We send you a text when it is nearly your turn.",
        "reason": "We do not have enough staff.",
        "alternative": "You can wait at home.",
    },
}
CITED = ("timeliness-of-care", "being-kept-informed-clarity-consistency-of-information")


def load_real_comments(folder, say=print):
    """Load each set that is not loaded yet, each in one transaction."""
    staff = load_demo_staff()
    for slug, name, loader in ((LONDON, LONDON_FILE, load_london_comments), (NHS, NHS_FILE, load_nhs_comments)):
        if ConsultationPage.objects.filter(slug=slug).exists():
            say(f"{slug} is loaded already.")
        elif not (folder / name).is_file():
            say(f"{folder} holds no {name}: left out.")
        else:
            with transaction.atomic():
                loader(folder, staff, say)


def load_london_comments(folder, staff, say):
    """Young Londoners on police scrutiny: one question. Comments that its moderators refused are never quoted."""
    page = _publish_consultation(LONDON, staff)
    path = folder / LONDON_FILE
    report = _import_comments(page, path, LONDON_MAP, staff, say)
    refused = {
        answer for row, cells in _iterate_rows(path) if cells["moderated"] == "-1" for answer in report.answers[row]
    }
    _clear_comments(report, staff, say, never_quote=refused)
    take_released_texts()
    propose_all_codes()
    _publish_release(page, staff, say)


def load_nhs_comments(folder, staff, say):
    """NHS comments with their own codebook; their human labels become confirmed codes.

    Learning and proposals are left to the worker's sweeps: about a minute for 4,000 comments.
    """
    _load_nhs_codebook(folder, staff)
    page = _publish_consultation(NHS, staff)
    path = folder / NHS_FILE
    report = _import_comments(page, path, NHS_MAP, staff, say)
    _clear_comments(report, staff, say)
    take_released_texts()
    themes = {theme.slug: theme for theme in Theme.objects.filter(codebook__slug="nhs")}
    texts = Text.objects.of(page).select_related("version").in_bulk()
    chosen = [
        (texts[answer], [themes[_label_slug(label)] for label in _split_labels(row)])
        for number, row in _iterate_rows(path)
        for answer in report.answers.get(number, ())
    ]
    confirm_many_texts(consultation=page, choices=chosen, by=staff["officer1"])
    say(f"{len(chosen)} texts carry the labels that people gave them.")
    release = _publish_release(page, staff, say)
    _publish_decision(page, release, staff)
    say("A decision cites what they said.")


def _publish_consultation(slug, staff):
    written = demo_consultations.load_demo_yaml("real_consultations.yaml")["consultations"]
    data = next(one for one in written if one["slug"] == slug)
    shift = timezone.localdate() - timedelta(days=20) - data["closes"]
    return load_consultation(data, by=staff["officer1"], shift_days=shift.days)


def _import_comments(page, path, parts, staff, say):
    parts = parts | {"day": str(page.closes - timedelta(days=7))}
    report = import_file_directly(page=page, path=path, parts=parts, by=staff["officer1"])
    # Whoever collected them has published them, so that each may be quoted.
    Response.objects.of(page).update(may_quote=True)
    for line in itertools.islice(report.lines(), 3):
        say(f"{page}: {line}")
    return report


def _iterate_rows(path):
    """Yields (row number as in the import report, {column: cell})."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _clear_comments(report, staff, say, never_quote=frozenset()):
    """A reader clears each text with the proposed redaction; the texts are public already."""
    screen_unread()
    redact_screened()
    say("They are screened.")
    reader = staff["reader1"]
    ids = list(itertools.chain.from_iterable(report.answers.values()))
    earlier = timezone.now() - timedelta(hours=1)
    for answer in Answer.objects.unread().filter(pk__in=ids).select_related("screening"):
        decision = ReadingDecision.NEVER_QUOTE if answer.pk in never_quote else ReadingDecision.CLEAR
        spans = answer.screening.list_proposals()
        reading.open_answer_text(answer=answer, by=reader)
        said = {"spans": spans, "note": READ_BEFORE, "language": "en"}
        reading.decide_answer(answer=answer, by=reader, decision=decision, now=earlier, **said)
    say(f"{reading.release_due_answers()} texts are read and released.")


def _load_nhs_codebook(folder, staff):
    """The published codebook, plus labels of the data set that it lacks."""
    with (folder / NHS_CODEBOOK).open(encoding="utf-8-sig", newline="") as file:
        themes = list(themes_from_csv(file))
    known = {theme["slug"] for theme in themes}
    labels = {label for _, row in _iterate_rows(folder / NHS_FILE) for label in _split_labels(row)}
    themes += [
        {"slug": _label_slug(label), "label": label, "family": "Labels that the codebook does not define"}
        for label in sorted(labels)
        if _label_slug(label) not in known
    ]
    version = load_codebook(slug="nhs", name="NHS patient feedback", themes=themes, by=staff["officer1"], label="v6")
    for key in ("officer1", "officer2"):
        approve_version(version=version, by=staff[key])


def _split_labels(row):
    return [label.strip() for label in row["labels"].split("|") if label.strip()]


def _label_slug(label):
    return slugify(label)[:80]


def _publish_release(page, staff, say):
    today = timezone.localdate()
    made = create_release(consultation=page, by=staff["officer1"], today=today)
    say(f"{page}: a release is published.")
    return publish_release(release=made, by=staff["officer2"], today=today)


def _publish_decision(page, release, staff):
    today = timezone.localdate()
    decision = decisions.record_decision(
        by=staff["planner"],
        consultations=[page],
        decided=today,
        due=today + timedelta(days=120),
        next_update=today + timedelta(days=60),
        **DECISION,
    )
    for slug in CITED:
        theme = Theme.objects.get(codebook__slug="nhs", slug=slug)
        quotes = release.quotes.filter(theme=theme, erased=False, question="better")
        quote = min(quotes, key=lambda quote: (abs(len(quote.text) - READABLE), quote.text), default=None)
        decisions.cite_theme(decision=decision, by=staff["planner"], release=release, theme=theme, quote=quote)
    decisions.publish_decision(decision=decision, by=staff["officer2"], today=today)
