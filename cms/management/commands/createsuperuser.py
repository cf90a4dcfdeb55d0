"""Replaces Django's command, because nobody is a superuser here."""

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refused: nobody is a superuser here."

    def add_arguments(self, parser):
        for option in ("--noinput", "--no-input"):
            parser.add_argument(option, action="store_true")
        for option in ("--email", "--username", "--database"):
            parser.add_argument(option)

    def handle(self, *args, **options):
        raise CommandError("Nobody is a superuser here. The first administrator: `voice create_administrator`.")
