"""Readiness checks: help entries, translations, accessibility page, screening model, mail."""

from django.conf import settings
from django.core.mail import get_connection

from cms.pages.models import InformationPage
from consultation.questionnaires.models import ConsultationPage
from consultation.reading.screening import card
from consultation.reading.screening.model import ARTEFACT
from consultation.ready import Found, check
from consultation.safeguarding.directory import stale_entries
from consultation.safeguarding.models import HelpEntry
from consultation.words.spoken import coverage
from consultation.words.table import LANGUAGES

WORDS = "Words and help"


@check("help-fresh", "Every help entry was checked within 90 days", group=WORDS, lapses=True)
def help_fresh() -> Found:
    entries = list(HelpEntry.objects.all())
    if not entries:
        return Found(False, "There is no help entry: run ./dev manage load_help, and check each.")
    old = [entry.name for entry in stale_entries()]
    return Found(not old, f"To be checked: {', '.join(old)}." if old else f"All {len(entries)} of them.")


@check("translations", "The words of each language in use were read by someone who speaks it", group=WORDS)
def translations() -> Found:
    used = set(ConsultationPage.objects.live().values_list("locale__language_code", flat=True)) - {"en"}
    waiting = [language.name for language in LANGUAGES if language.code in used and coverage(language.code).unchecked]
    return Found(
        not waiting, f"Not read, or not all of it: {', '.join(waiting)}." if waiting else "All that are in use."
    )


@check("accessibility", "The accessibility page is there and says what does not work well", group=WORDS)
def accessibility() -> Found:
    page = InformationPage.objects.live().filter(slug="accessibility", locale__language_code="en").first()
    return Found(
        bool(page and page.body), "It is there." if page and page.body else "There is no page “accessibility”."
    )


@check("screen", "The screen is there, with its figures", group=WORDS)
def screen() -> Found:
    if not ARTEFACT.exists() or not card.CARD.exists():
        return Found(False, "The screen has not been made: run ./dev manage train_screen.")
    figures = next(
        (line for line in card.CARD.read_text(encoding="utf-8").splitlines() if line.startswith("| all |")), ""
    )
    cells = [cell.strip() for cell in figures.strip("|").split("|")]
    if len(cells) < 6:
        return Found(False, "Its model card has no figures.")
    return Found(
        True,
        f"Of what authors it never saw disclosed it found {cells[2]}, and it flagged {cells[5]} of all answers.",
    )


@check("mail", "Mail can leave: “item waiting” reaches a safeguarding lead", group="What runs by itself", lapses=True)
def mail() -> Found:
    if "smtp" not in settings.EMAIL_BACKEND:
        return Found(False, "Mail is only written to the terminal or to memory here.")
    if not settings.HEAD_OF_SERVICE_EMAIL:
        return Found(False, "HEAD_OF_SERVICE_EMAIL is not set: nobody is told of a case that waits too long.")
    try:
        connection = get_connection(timeout=3)
        connection.open()
        connection.close()
    except OSError as error:  # smtplib's errors are OSErrors
        return Found(False, f"The mail server does not let us in ({type(error).__name__}).")
    return Found(True, "The mail server lets us in.")
