"""Staff pages run no inline script: the policy forbids it, and no admin template needs it."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template

from cms.operations.security import content_security_policy

# An executable script in the page itself; JSON for a script to read is data.
WRITTEN = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)(?![^>]*type=\"text/django-admin)[^>]*>", re.I)
HANDLER = re.compile(r"<[a-z]+[^>]*\son[a-z]+=", re.I)
THEIRS = ("wagtail", "wagtail_localize", "allauth")


def with_a_script():
    """Names of the templates of installed frameworks that write a script into a page."""
    for app in apps.get_app_configs():
        if app.name.startswith(THEIRS):
            root = Path(app.path) / "templates"
            for path in root.rglob("*.html"):
                text = path.read_text(encoding="utf-8")
                if WRITTEN.search(text) or HANDLER.search(text):
                    yield path.relative_to(root).as_posix()


def ours(name):
    return Path(get_template(name).origin.name).is_relative_to(settings.BASE_DIR)


def test_every_template_that_writes_a_script_has_ours_in_its_place():
    found = set(with_a_script())
    assert len(found) >= 5
    assert sorted(name for name in found if not ours(name)) == []


@pytest.mark.parametrize("rules", [settings.SECURE_CSP, content_security_policy.WAGTAIL])
def test_no_policy_of_staff_pages_lets_a_page_write_scripts(rules):
    assert rules["script-src"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert rules["base-uri"] == ["'none'"]


def test_every_page_of_ours_beside_the_admin_has_the_strict_policy():
    """A room whose address stands before the admin's is ours: Wagtail's editor is no reason for it to be laxer."""
    from cms.urls import urlpatterns

    rooms = {f"/{route}" for each in urlpatterns if (route := str(each.pattern)).startswith("staff/")}
    rooms -= {"/staff/", "/staff/login/"}
    rooms = {room for room in rooms if not room.startswith("/staff/localize/")}  # these only lead elsewhere
    assert [room for room in sorted(rooms) if not room.startswith(content_security_policy.STRICT_STAFF_PATHS)] == []


def test_a_chooser_of_the_admin_writes_what_it_starts_as_data():
    from wagtail.admin.widgets import AdminPageChooser

    html = AdminPageChooser().render("page", None, {"id": "id_page"})
    assert 'data-start="PageChooser"' in html
    assert "&quot;id_page&quot;" in html
    assert not WRITTEN.search(html)
