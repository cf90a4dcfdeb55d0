"""What the editor of consultations needs beside Wagtail's own."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from consultation.safeguarding import snippets  # noqa: F401  (help entries in the admin)


@hooks.register("insert_editor_js")
def conditions_by_words():
    return format_html('<script src="{}" defer></script>', static("questionnaires/conditions.js"))
