"""`{% language_picker %}`: the languages of a respondent's page, in its top bar.

Links, or on a page that answers a form buttons, so that nothing it shows and nothing typed is lost.
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
    repeated, own = context.get("repeated"), context.get("language_links") or ()
    path = repeated["path"] if repeated else context.get("page_path", "")
    links = list_picker_links(path, () if repeated else own) if path or own else []
    return {"links": links, "repeated": repeated, "lost": context.get("lost_by_language")}
