"""Bring groups and permissions in line with cms/accounts/roles.py."""

from django.core.management.base import BaseCommand

from cms.accounts.roles import ROLES, sync_roles


class Command(BaseCommand):
    help = "Make the groups and their permissions exactly what cms/accounts/roles.py says. Safe to run again."

    def handle(self, **options):
        sync_roles()
        self.stdout.write(f"Roles are in step: {', '.join(ROLES)}.")
