"""An officer's sentences as paragraphs, marked as English on a page of another language."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def said_in(text, said):
    mark = mark_safe(' lang="en" dir="ltr"' if said.in_english else "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p{}>{}</p>", ((mark, line) for line in lines))
