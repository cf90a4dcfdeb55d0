"""Freeze a release of a consultation (by slug or id). A person publishes it afterwards, on its page."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from consultation import handover
from insights.releases.actions import create_release


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("consultation", help="the slug or the id")

    def handle(self, *, consultation, **options):
        pages = handover.list_consultations()
        page = next((page for page in pages if consultation in (page.slug, str(page.pk))), None)
        if page is None:
            raise CommandError(f"There is no published consultation called “{consultation}”.")
        try:
            release = create_release(consultation=page, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{release} is made. It shows after a second person publishes it under /insights/.")
