from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cms.accounts.actions import create_staff
from cms.accounts.invitations import link_for
from cms.accounts.models import User
from cms.roles import sync_roles
from consultation.audit.log import record


class Command(BaseCommand):
    help = "Make an administrator's account, and print the link by which its owner sets a password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name", nargs="?", default="")

    def handle(self, *, email, name, **options):
        sync_roles()
        others = User.objects.filter(groups__name="administrator", is_active=True).exists()
        try:
            person = create_staff(email=email, name=name, roles=["administrator"], by=None)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        if others:  # they could have made it; whoever can run this went past them
            record("break-glass access", obj=person)
        self.stdout.write(f"{person.email} is an administrator. Open this within three days to set a password:")
        self.stdout.write(link_for(person))
