from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from consultation.markup import clean_shown_markup

register = template.Library()


@register.filter
def cleaned_markup(value: str | RichText) -> SafeString:
    """Rich text with its links written out, cleaned once more."""
    found = value if isinstance(value, RichText) else RichText(value or "")
    return mark_safe(clean_shown_markup(str(found)))
