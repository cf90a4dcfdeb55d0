"""Django's `flush`, which may also empty the append-only records of a demo or test database (never of a live site)."""

from django.core.management.commands import flush
from django.db import connections

from consultation.audit.triggers import allow_flushing


class Command(flush.Command):
    def handle(self, **options):
        with allow_flushing(connections[options["database"]]):
            return super().handle(**options)
