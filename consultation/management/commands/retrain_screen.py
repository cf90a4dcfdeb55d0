"""`manage.py retrain_screen --by E-MAIL`: fit a new screening model on readers' decisions; a lead must switch to it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultation.access import NotAllowed
from consultation.reading.model_retraining import actions
from consultation.responses.vault import can_open_sealed


class Command(BaseCommand):
    help = (
        "Fits a screen from the repository's answers and readers' decisions, and keeps it beside the one in use, with"
        " figures. A safeguarding lead takes it into use on the page The screen. Run it where the answer keys are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="the e-mail address of the lead who asks for it")

    def handle(self, *, by: str, **options: Any) -> None:
        person = get_user_model().objects.filter(email=by, is_active=True).first()
        if person is None or not person.has_perm("consultation.switch_screen"):
            raise CommandError("Nobody with this address may fit the screen: it takes a safeguarding lead.")
        if not can_open_sealed():
            raise CommandError("This process cannot open answers. Set ANSWER_OPEN_KEYS.")
        self.stdout.write("Fitting, which takes a few minutes.")
        try:
            fitted = actions.fit_screen(by=person)
        except NotAllowed as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{fitted}: {fitted.texts} texts, {fitted.told} told of harm. It is not in use.")
        for name, figures in fitted.figures.items():
            self.stdout.write(f"{name}: {figures}")
