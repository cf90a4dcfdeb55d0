"""Wagtail hooks of the consultation editor: page buttons, scripts and approval guards."""

from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets import Button

from consultation.safeguarding.help import snippets  # noqa: F401  (help entries in the admin)
from consultation.surveys.approval.editor_approval import AwaitingApprovalPanel, bind_seen_draft, is_autosave
from consultation.surveys.editor.consultation_editor import ConsultationCreateView, ConsultationViewSet
from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation.policies import may_view_findings


@hooks.register("register_admin_viewset")
def register_consultation_viewset():
    return ConsultationViewSet()


@hooks.register("insert_editor_js")
def insert_editor_scripts():
    scripts = [(static(f"surveys/{name}.js"),) for name in ("conditions", "validation", "editor")]
    return format_html_join("", '<script src="{}" defer></script>', scripts)


@hooks.register("insert_global_admin_css")
def insert_editor_styles():
    sheets = [(static(f"surveys/{name}.css"),) for name in ("validation", "guide")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


# Pages beside the editor: (label, URL name, icon).
EDITOR_PAGES = (
    ("Map of paths", "map", "site"),
    ("Compare the formats", "voices", "openquote"),
    ("What changed", "changes", "history"),
)


@hooks.register("register_page_header_buttons")
def add_validation_buttons(page, user, view_name, next_url=None):
    if isinstance(page, ConsultationPage) and page.pk and may_view_findings(user):
        url = reverse("validation:one", args=[page.source.pk])
        yield Button("Check this consultation", url, icon_name="tick", priority=55)
        for priority, (label, name, icon) in enumerate(EDITOR_PAGES, start=56):
            yield Button(label, reverse(f"editor:{name}", args=[page.source.pk]), icon_name=icon, priority=priority)


@hooks.register("register_page_header_buttons")
def add_translation_buttons(page, user, view_name, next_url=None):
    """Link a page to its translations, and a translation to the form that sends it to its reviewer."""
    if not page.pk or page.is_root() or not user.has_perm("consultation.edit_consultation"):
        return
    code = page.locale.language_code
    if code == settings.LANGUAGE_CODE:
        yield Button("Translations", reverse("translations:page", args=[page.pk]), icon_name="globe", priority=73)
    elif source := page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first():
        url = reverse("translations:language", args=[source.pk, code])
        yield Button("Send to its checker", f"{url}#send", icon_name="tick", priority=54)


@hooks.register("before_create_page")
def retry_simultaneous_create(request, parent, model):
    """Retry when an autosave and a button create the same new page at once.

    Both find the slug free, and Wagtail answers the second with a server error; a retry shows the form's own error.
    """
    if request.method != "POST" or model is not ConsultationPage or hasattr(request, "asked_again"):
        return None
    request.asked_again = True
    create = partial(ConsultationCreateView.as_view(), request, "consultation", "consultationpage", parent.pk)
    try:
        return create()
    except (ValidationError, IntegrityError):
        return create()


@hooks.register("before_edit_page", order=-10)
def refuse_autosave_beside_action(request, page):
    return HttpResponse(status=409) if request.method == "POST" and is_autosave(request) else None


@hooks.register("after_edit_page")
def redirect_approver_home(request, page):
    """From an approval in the editor to the consultation's home, which says what came of it."""
    answered = request.POST.get("action-workflow-action") and isinstance(page, ConsultationPage)
    return redirect("consultations:number", page.source.pk) if answered else None


@hooks.register("before_edit_page")
def bind_approval_to_revision(request, page):
    return bind_seen_draft(request, page) if request.method == "POST" else None


@hooks.register("construct_homepage_panels", order=-10)
def replace_moderation_panel(request, panels):
    panels[:] = [
        AwaitingApprovalPanel() if type(panel) is WorkflowObjectsToModeratePanel else panel for panel in panels
    ]
