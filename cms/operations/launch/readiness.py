"""Readiness checks: help entries, translations, accessibility page, screening model, mail."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection

from cms.site.pages.models import InformationPage
from consultation.interface_text.text_table import LANGUAGES
from consultation.interface_text.translation_corrections import measure_coverage
from consultation.readiness import ReadinessResult, readiness_check
from consultation.safeguarding.help.directory import is_local_number, select_stale_entries
from consultation.safeguarding.models import HelpEntry
from consultation.surveys.models import ConsultationPage

WORDS = "Words and help"
MEND_MAIL = "Set EMAIL_HOST, EMAIL_PORT, EMAIL_USER, EMAIL_PASSWORD and EMAIL_SECURITY as your mail server wants them."


@readiness_check("help-fresh", "Every help entry was checked within 90 days", group=WORDS, lapses=True)
def check_help_entries() -> ReadinessResult:
    entries = list(HelpEntry.objects.all())
    if not entries:
        return ReadinessResult(False, "There is no help entry.", "voice load_help adds those of the country.")
    old = [entry.name for entry in select_stale_entries()]
    return ReadinessResult(not old, f"To be checked: {', '.join(old)}." if old else f"All {len(entries)} of them.")


@readiness_check(
    "help-local", "Adults who worry about a child find a number of the district", group=WORDS, lapses=True
)
def check_local_help() -> ReadinessResult:
    listed = any(map(is_local_number, HelpEntry.objects.all()))
    return ReadinessResult(
        listed,
        "It is on the list of help."
        if listed
        else f"No number of {settings.DISTRICT} is on the list of help: add children's social care, by day and by night.",
    )


@readiness_check("translations", "The words of each language in use were read by someone who speaks it", group=WORDS)
def check_translations() -> ReadinessResult:
    used = set(ConsultationPage.objects.live().values_list("locale__language_code", flat=True)) - {"en"}
    waiting = [
        language.name for language in LANGUAGES if language.code in used and measure_coverage(language.code).unchecked
    ]
    return ReadinessResult(
        not waiting, f"Not read, or not all of it: {', '.join(waiting)}." if waiting else "All that are in use."
    )


@readiness_check("accessibility", "The accessibility page is there and says what does not work well", group=WORDS)
def check_accessibility_page() -> ReadinessResult:
    page = InformationPage.objects.live().filter(slug="accessibility", locale__language_code="en").first()
    return ReadinessResult(
        bool(page and page.body), "It is there." if page and page.body else "There is no page “accessibility”."
    )


@readiness_check("screen", "The screen is there, with its figures", group=WORDS)
def check_screening_model() -> ReadinessResult:
    # numpy and scikit-learn load here, not when a web process starts
    from consultation.reading.model_training import screening_card
    from consultation.reading.screening.learned_score import ARTEFACT

    if not ARTEFACT.exists() or not screening_card.CARD.exists():
        return ReadinessResult(False, "The screen is missing.", "The code is not whole: check the release out again.")
    figures = next(
        (line for line in screening_card.CARD.read_text(encoding="utf-8").splitlines() if line.startswith("| all |")),
        "",
    )
    cells = [cell.strip() for cell in figures.strip("|").split("|")]
    if len(cells) < 6:
        return ReadinessResult(False, "Its model card has no figures.")
    return ReadinessResult(
        True, f"Of what authors it never saw disclosed it found {cells[2]}, and it flagged {cells[5]} of all answers."
    )


@readiness_check(
    "mail", "Mail can leave: “item waiting” reaches a safeguarding lead", group="What runs by itself", lapses=True
)
def check_mail_server() -> ReadinessResult:
    if "smtp" not in settings.EMAIL_BACKEND:
        return ReadinessResult(False, "Mail is only written to the terminal or to memory here.", MEND_MAIL)
    if not settings.EMAIL_HOST:
        return ReadinessResult(False, "There is no mail server: nobody is told of an item that waits.", MEND_MAIL)
    if not settings.HEAD_OF_SERVICE_EMAIL:
        return ReadinessResult(
            False, "Nobody is told of a case that waits too long.", "Set HEAD_OF_SERVICE_EMAIL in voice.env."
        )
    try:
        connection = get_connection(timeout=3)
        connection.open()
        connection.close()
    except OSError as error:  # smtplib's errors are OSErrors
        fault = "does not let us in" if isinstance(error, SMTPException) else "does not answer"
        server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return ReadinessResult(False, f"The mail server {server} {fault} ({type(error).__name__}).", MEND_MAIL)
    return ReadinessResult(True, "The mail server lets us in.")
