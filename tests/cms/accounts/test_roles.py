"""Roles in the database are those of cms/accounts/roles.py, and these follow domain/controls.yaml (G1)."""

import random

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms.accounts.models import PARTNER
from cms.accounts.roles import ROLES, roles_of, start_page, sync_roles
from tests import factories
from tests.domain_tables import ROLES_PERMISSIONS

# Each action of the matrix, and the permissions that stand for it here.
ACTIONS = {
    "answer a consultation": set(),
    "create or edit a consultation": {"consultation.edit_consultation"},
    "approve a consultation for publication": {"consultation.approve_consultation", "consultation.safety_check"},
    "read raw free text before review": {"consultation.read_raw"},
    "read redacted, cleared text": {"consultation.read_cleared"},
    "flag an answer to triage": {"consultation.flag_to_triage"},
    # In an emergency a lead opens what nobody has brought to triage; it is on record, and reviewed.
    "see the triage queue or that an item exists": {"consultation.see_triage", "consultation.open_in_emergency"},
    "decide a triage outcome": {"consultation.decide_triage", "consultation.switch_screen"},
    "read contact requests": {"consultation.read_contact_requests"},
    "read and answer a mailbox of four words": {"consultation.answer_mailbox"},
    "code themes": {"insights.code_themes"},
    "edit codebook": {"insights.propose_codebook"},
    "approve codebook version": {"insights.approve_codebook"},
    "view reports": {"insights.view_reports"},
    "see unrounded or suppressed figures": set(),
    "export": {"insights.export"},
    "publish decision or feedback page": {"insights.draft_decision", "insights.publish_decision"},
    "say how an action of the plan goes": {"insights.update_action"},
    "edit help entries": {"consultation.edit_help"},
    "report a concern or a name left in (one-way)": {"consultation.report_concern"},
    "publish a release": {"insights.publish_release"},
    "approve a quote for the public": {"insights.approve_quote"},
    "enter paper or group answers, import responses": {"consultation.enter_answers"},
    "run group sessions and shared tablets": {"consultation.run_sessions"},
    "close free text or a survey at once": {"consultation.close_survey"},
    "manage users, roles, ISAs": {"consultation.manage_users"},
    "read audit log": {"consultation.read_audit"},
    "hold superuser rights": set(),
    "read any answer text as administrator": set(),
}
# Where the matrix says "yes" with words, and the words pick one of two permissions or another door.
PARTLY = {
    ("approve a consultation for publication", "engagement_officer"): {"consultation.approve_consultation"},
    ("approve a consultation for publication", "safeguarding_lead"): {"consultation.safety_check"},
    ("run group sessions and shared tablets", "engagement_officer"): set(),  # tablets: consultation.edit_consultation
    ("read redacted, cleared text", "planner"): set(),  # in a release alone: insights.view_reports
    ("publish decision or feedback page", "engagement_officer"): {"insights.publish_decision"},
    ("publish decision or feedback page", "planner"): {"insights.draft_decision"},
    ("export", "auditor"): set(),  # the audit log alone: consultation.read_audit
}


def test_every_action_of_the_matrix_has_its_permissions():
    assert set(ACTIONS) == set(ROLES_PERMISSIONS)


def test_the_matrix_names_roles_alone():
    assert {role for may in ROLES_PERMISSIONS.values() for role in may} == {"respondent", *ROLES}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_role_may_do_what_the_matrix_says_and_no_more(role, action):
    asked = ACTIONS[action] if ROLES_PERMISSIONS[action][role] != "no" else set()
    assert ROLES[role].permissions & ACTIONS[action] == PARTLY.get((action, role), asked)


def test_every_permission_of_the_product_is_somebodys(home):
    declared = {
        f"{p.content_type.app_label}.{p.codename}"
        for p in Permission.objects.filter(content_type__model__in=["consultationaction", "insightsaction"])
    }
    assert declared == set().union(*ACTIONS.values())
    assert declared <= set().union(*(role.permissions for role in ROLES.values()))


def test_no_role_reads_answers_beside_looking_after_accounts():
    for role in ROLES.values():
        if role.alone:
            assert not role.permissions & {
                "consultation.read_raw",
                "consultation.read_cleared",
                "consultation.see_triage",
            }


def test_sync_roles_twice_changes_nothing(home):
    sync_roles()
    first = sorted(Group.objects.values_list("name", "permissions__codename"))
    sync_roles()
    assert sorted(Group.objects.values_list("name", "permissions__codename")) == first
    assert {name for name, _ in first} == set(ROLES)


def test_sync_roles_removes_what_the_table_does_not_hold(home, person):
    planner = person("planner")
    stray = Permission.objects.get(codename="read_raw")
    Group.objects.create(name="Editors").permissions.add(stray)
    planner.groups.get().permissions.add(stray)
    planner.user_permissions.add(stray)
    GroupPagePermission.objects.create(
        group=planner.groups.get(), page=home, permission=Permission.objects.get(codename="publish_page")
    )
    sync_roles()
    fresh = type(planner).objects.get(pk=planner.pk)
    assert not fresh.has_perm("consultation.read_raw")
    assert not Group.objects.filter(name="Editors").exists()
    assert not GroupPagePermission.objects.filter(group__name="planner").exists()


def test_only_officers_edit_pages(home, person):
    root = Page.get_first_root_node()
    for name in ROLES:
        may = home.permissions_for_user(person(name)).can_edit()
        assert may == (name == "engagement_officer"), name
    assert set(GroupPagePermission.objects.values_list("page", flat=True)) == {root.pk}


def test_each_role_starts_at_its_own_work(person):
    assert start_page(person("planner")) == "/insights/"
    assert start_page(person("moderator")) == "/staff/reading/"
    assert start_page(person()) == "/accounts/2fa/"
    assert [role.name for role in roles_of(person("planner", "moderator"))] == ["moderator", "planner"]


@pytest.mark.parametrize("seed", range(20))
def test_rights_asked_for_in_one_query_are_those_that_django_tells(person, seed):
    """Of random roles and rights of one's own; a lapsed partner has what Django tells of the other roles alone."""
    chance = random.Random(seed)
    roles = Group.objects.filter(name__in=chance.sample(sorted(ROLES), chance.randint(0, 4)))
    own = chance.sample(list(Permission.objects.all()), chance.randint(0, 3))
    ours, told = person("planner"), person("planner")
    factories.join_agency(ours, "Riverside partnership")
    lapsed, today, is_active = chance.random() < 0.5, timezone.localdate(), chance.random() < 0.9
    if not lapsed:
        factories.agreement(agency=ours.agency, starts=today, ends=today)
    for user, held in ((ours, roles), (told, roles.exclude(name=PARTNER) if lapsed else roles)):
        user.groups.set(held)
        user.user_permissions.set(own)
        type(user).objects.filter(pk=user.pk).update(is_active=is_active)
    ours, told = (type(user).objects.get(pk=user.pk) for user in (ours, told))
    expected = ModelBackend().get_all_permissions(told)
    every = {
        f"{one.content_type.app_label}.{one.codename}" for one in Permission.objects.select_related("content_type")
    }
    assert {right for right in every if ours.has_perm(right)} == expected
    apps = {right.partition(".")[0] for right in every}
    assert {app for app in apps if ours.has_module_perms(app)} == {right.partition(".")[0] for right in expected}
