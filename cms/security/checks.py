"""Django system checks: nobody is a superuser, and no role can grant permissions (G1)."""

from django.core.checks import Error, Tags, register
from django.db import connections

NOBODY = "Nobody is a superuser here: give roles on /staff/people/ instead."
# Permissions on these models would let a user grant themselves any other.
KEYS_TO_THE_HOUSE = ("user", "group", "permission", "groupcollectionpermission", "grouppagepermission")


@register(Tags.security)
def roles_hand_out_no_rights(app_configs, **kwargs):
    from cms.roles import ROLES

    return [
        Error(f"The role {role.name} holds {permission}, which gives rights away.", id="cms.E001")
        for role in ROLES.values()
        for permission in sorted(role.permissions)
        if permission.rpartition("_")[2] in KEYS_TO_THE_HOUSE
    ]


@register(Tags.database)
def nobody_is_a_superuser(app_configs, databases=None, **kwargs):
    """The table has a constraint; this finds databases that were changed by hand."""
    from cms.accounts.models import User

    found = []
    for alias in databases or []:
        tables = connections[alias].introspection.table_names()
        if User._meta.db_table in tables and User.objects.using(alias).filter(is_superuser=True).exists():
            found.append(Error("Somebody in the database is a superuser.", hint=NOBODY, id="cms.E002"))
    return found
