"""Print the logging and limits that the front proxy (nginx) needs."""

from django.core.management.base import BaseCommand

from cms.settings.proxy import build_proxy_configuration


class Command(BaseCommand):
    help = "Prints what the front proxy (nginx) should log of respondents, and what it must not hand on."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(build_proxy_configuration())
