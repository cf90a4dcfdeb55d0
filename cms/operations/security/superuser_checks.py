"""Django system checks: nobody is a superuser, and no role can grant permissions (G1)."""

from django.core.checks import Error, Tags, register
from django.db import connections

from cms.accounts.models import User
from cms.accounts.roles import ROLES

SUPERUSER_HINT = "Nobody is a superuser here: give roles on /staff/people/ instead."
# Permissions on these models would let a user grant themselves any other.
RIGHTS_GIVING_MODELS = ("user", "group", "permission", "groupcollectionpermission", "grouppagepermission")


@register(Tags.security)
def check_roles_give_no_rights(app_configs, **kwargs):
    return [
        Error(f"The role {role.name} holds {permission}, which gives rights away.", id="cms.E001")
        for role in ROLES.values()
        for permission in sorted(role.permissions)
        if permission.rpartition("_")[2] in RIGHTS_GIVING_MODELS
    ]


@register(Tags.database)
def check_no_superuser(app_configs, databases=None, **kwargs):
    """The table has a constraint; this finds databases that were changed by hand."""
    found = []
    for alias in databases or []:
        tables = connections[alias].introspection.table_names()
        if User._meta.db_table in tables and User.objects.using(alias).filter(is_superuser=True).exists():
            found.append(Error("Somebody in the database is a superuser.", hint=SUPERUSER_HINT, id="cms.E002"))
    return found
