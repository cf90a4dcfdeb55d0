"""`{% language_picker %}`: the languages of a respondent's page, in its top bar.

Not on a page that answers a form: another language would lose what it shows or what was typed.
"""

from django import template
from django.utils.translation import get_language

from consultation.interface_text import LANGUAGES
from consultation.respondent_pages.language_picker import list_picker_links

register = template.Library()


@register.simple_tag
def own_language_name():
    """The active language as its speakers call it."""
    return next((each.native for each in LANGUAGES if each.code == get_language()), "")


@register.inclusion_tag("components/language_picker.html", takes_context=True)
def language_picker(context):
    path, own = context.get("page_path", ""), context.get("language_links") or ()
    return {"links": list_picker_links(path, own) if path or own else []}
