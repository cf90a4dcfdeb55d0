"""Create an administrator from the command line: the first one, or after all lost access."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cms.accounts.account_invitations import build_password_link
from cms.accounts.actions import ADMINISTRATOR, create_staff, give_role
from cms.accounts.models import User
from cms.accounts.roles import sync_roles
from consultation.audit.audit_log import record_event


class Command(BaseCommand):
    help = (
        "Make an administrator's account, or an administrator of an account that holds no role, and print the link by "
        "which its owner sets a password."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name", nargs="?", default="")

    def handle(self, *, email, name, **options):
        sync_roles()
        others = User.objects.filter(groups__name=ADMINISTRATOR, is_active=True).exists()
        try:
            person = self._create_or_restore_account(email, name)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        if others:  # bypasses the other administrators, so it is logged
            record_event("break-glass access", obj=person)
        self.stdout.write(f"{person.email} is an administrator. Open this within three days to set a password:")
        self.stdout.write(build_password_link(person))

    def _create_or_restore_account(self, email, name):
        """Create the account, or give the role back to one that lost it (second factor reset, restored backup)."""
        person = User.objects.filter(email=User.objects.normalize_email(email).lower()).first()
        if person is None:
            return create_staff(email=email, name=name, roles=[ADMINISTRATOR], by=None)
        give_role(person=person, role=ADMINISTRATOR, by=None)
        person.role_requests.filter(role=ADMINISTRATOR).delete()
        return person
