"""Roles and their permissions (G1), in one table. `manage.py sync_roles` makes the database match it exactly.

Nobody is a superuser. Two administrators give each role: one asks, another confirms. Administrators and auditors hold no
other role and cannot read answers. Whoever reads raw words is no planner (D8).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.accounts.models import User
from consultation.access import is_head_of_service


@dataclass(frozen=True)
class Role:
    name: str
    label: str
    start: str  # the first page after signing in
    permissions: frozenset[str]
    pages: frozenset[str] = frozenset()  # Wagtail permissions on every page
    collections: frozenset[str] = frozenset()  # Wagtail permissions on every image and document
    alone: bool = False  # held with no other role
    never_with: frozenset[str] = frozenset()  # roles that the same account may not hold


HEAD_START = "/staff/figures/"
WAGTAIL = "wagtailadmin.access_admin"
TRANSLATE = "submit_translation"
HELP_ENTRIES = frozenset(f"consultation.{verb}_helpentry" for verb in ("view", "add", "change", "delete"))

_TABLE = (
    Role(
        name="engagement_officer",
        label="Engagement officer",
        start="/staff/",
        permissions=HELP_ENTRIES
        | {
            "consultation.edit_consultation",
            "consultation.change_appearance",
            "consultation.approve_consultation",
            "consultation.read_cleared",
            "consultation.edit_help",
            "consultation.report_concern",
            "consultation.close_survey",
            "insights.code_themes",
            "insights.propose_codebook",
            "insights.approve_codebook",
            "insights.view_reports",
            "insights.export",
            "insights.publish_decision",
            "insights.update_action",
            "insights.publish_release",
            "insights.approve_quote",
            WAGTAIL,
            f"wagtail_localize.{TRANSLATE}",
        },
        pages=frozenset({"add_page", "change_page", "publish_page", "lock_page", "unlock_page"}),
        collections=frozenset(
            {"add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"}
        ),
    ),
    Role(
        name="moderator",
        label="Reader",
        start="/staff/reading/",
        permissions=frozenset(
            {
                "consultation.read_raw",
                "consultation.read_cleared",
                "consultation.flag_to_triage",
                "consultation.report_concern",
                "consultation.enter_answers",
                "consultation.run_sessions",
                "insights.code_themes",
                "insights.propose_codebook",
                "insights.view_reports",
                "insights.approve_quote",
            }
        ),
    ),
    Role(
        name="facilitator",
        label="Facilitator",
        start="/staff/sessions/",
        permissions=frozenset({"consultation.run_sessions"}),
    ),
    Role(
        name="planner",
        label="Planner",
        start="/insights/",
        never_with=frozenset({"moderator"}),
        permissions=frozenset(
            {
                "consultation.report_concern",
                "insights.view_reports",
                "insights.export",
                "insights.draft_decision",
                "insights.update_action",
            }
        ),
    ),
    Role(
        name="safeguarding_lead",
        label="Safeguarding lead",
        start="/staff/safeguarding/",
        permissions=HELP_ENTRIES
        | {
            "consultation.safety_check",
            "consultation.read_raw",
            "consultation.read_cleared",
            "consultation.see_triage",
            "consultation.decide_triage",
            "consultation.open_in_emergency",
            "consultation.switch_screen",
            "consultation.read_contact_requests",
            "consultation.answer_mailbox",
            "consultation.edit_help",
            "consultation.report_concern",
            "consultation.close_survey",
            "insights.view_reports",
            WAGTAIL,
        },
    ),
    Role(
        name="partner_viewer",
        label="Partner",
        start="/insights/",
        permissions=frozenset(
            {"consultation.report_concern", "insights.view_reports", "insights.export", "insights.update_action"}
        ),
    ),
    Role(
        name="administrator",
        label="Administrator",
        start="/staff/",
        permissions=frozenset({"consultation.manage_users", WAGTAIL}),
        alone=True,
    ),
    Role(
        name="auditor",
        label="Auditor",
        start="/staff/audit/",
        permissions=frozenset({"consultation.read_audit", "insights.view_reports"}),
        alone=True,
    ),
)
ROLES = {role.name: role for role in _TABLE}


def roles_of(user: User) -> list[Role]:
    """The user's roles, in the order of the table."""
    held = set(user.groups.values_list("name", flat=True))
    return [role for role in ROLES.values() if role.name in held]


def find_clash(held: Iterable[Role]) -> tuple[Role, Role] | None:
    """The first two of these roles that one account may not hold together."""
    return next((pair for pair in combinations(held, 2) if _do_clash(*pair)), None)


def _do_clash(one: Role, other: Role) -> bool:
    return one.alone or other.alone or other.name in one.never_with or one.name in other.never_with


def start_page(user: User) -> str:
    """Start page of the user's first role; without a role, the head of service's, or the page of the second factor."""
    held = roles_of(user)
    if held:
        return held[0].start
    return HEAD_START if is_head_of_service(user) else "/accounts/2fa/"


def _sync_tree_permissions(
    model: Any, place: str, root: Model | None, group: Group, apps: list[str], codenames: Iterable[str]
) -> None:
    """Give `group` exactly these permissions at `root`. `place` is the field's name: page or collection."""
    kept = []
    if root is not None:
        for permission in Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames):
            kept.append(model.objects.get_or_create(group=group, permission=permission, **{place: root})[0].pk)
    model.objects.filter(group=group).exclude(pk__in=kept).delete()


@transaction.atomic
def sync_roles() -> None:
    """Make the groups match the table exactly. Safe to run again."""
    Group.objects.exclude(name__in=ROLES).delete()
    for user in User.objects.filter(user_permissions__isnull=False).distinct():
        user.user_permissions.clear()
    # wagtail-localize creates this one in a migration, which does not run when tables are created from the models.
    content_type = ContentType.objects.get_or_create(app_label="wagtail_localize", model="translation")[0]
    if not Permission.objects.filter(content_type__app_label="wagtail_localize", codename=TRANSLATE).exists():
        Permission.objects.create(content_type=content_type, codename=TRANSLATE, name="Can submit translations")
    found = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    page, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role in ROLES.values():
        group, _ = Group.objects.get_or_create(name=role.name)
        if missing := role.permissions - found.keys():
            raise LookupError(f"No such permission: {', '.join(sorted(missing))}. Run `migrate` first.")
        group.permissions.set([found[name] for name in role.permissions])
        _sync_tree_permissions(GroupPagePermission, "page", page, group, ["wagtailcore"], role.pages)
        _sync_tree_permissions(
            GroupCollectionPermission,
            "collection",
            collection,
            group,
            ["wagtailimages", "wagtaildocs"],
            role.collections,
        )
