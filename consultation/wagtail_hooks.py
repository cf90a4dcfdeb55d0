"""What the editor of consultations needs beside Wagtail's own."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from consultation.questionnaires.linting.policies import may_look
from consultation.questionnaires.models import ConsultationPage
from consultation.safeguarding import snippets  # noqa: F401  (help entries in the admin)


@hooks.register("insert_editor_js")
def conditions_by_words():
    scripts = [(static(f"questionnaires/{name}.js"),) for name in ("conditions", "checks")]
    return format_html_join("", '<script src="{}" defer></script>', scripts)


@hooks.register("insert_global_admin_css")
def checks_beside_questions():
    return format_html('<link rel="stylesheet" href="{}">', static("questionnaires/checks.css"))


@hooks.register("register_page_header_buttons")
def check_this_consultation(page, user, view_name, next_url=None):
    if isinstance(page, ConsultationPage) and page.pk and may_look(user):
        url = reverse("checks:one", args=[page.source.pk])
        yield Button("Check this consultation", url, icon_name="tick", priority=55)


class ForThose(MenuItem):
    """A link for those who hold a permission."""

    def __init__(self, label, url, permission, **kwargs):
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def stop_a_survey():
    return ForThose("Stop a survey", reverse("stop"), "consultation.close_survey", icon_name="no-view", order=691)


@hooks.register("register_admin_menu_item")
def questionnaires_as_sheets():
    url = reverse("questionnaires:exchange")
    return ForThose("Questionnaires as sheets", url, "consultation.edit_consultation", icon_name="download", order=693)


@hooks.register("register_admin_menu_item")
def working_hours():
    return ForThose("Working hours", reverse("hours"), "consultation.edit_help", icon_name="time", order=692)
