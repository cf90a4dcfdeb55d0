"""The list beside the picture of a trace."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from insights.templatetags.tags_in_words import marked_tags

register = template.Library()


@register.simple_tag
def outline(lines, plain=False):
    """Nested lists from flat lines: 500 of them are written at once, where an include for each takes a tenth of a second.
    `plain`: for a file, whose links would lead nowhere."""
    written = [_line(line, plain) for line in lines]
    return mark_safe("".join(written))


def _line(line, plain):
    node = line.node
    title = marked_tags(node.title) if node.kind == "words" else node.title
    end = mark_safe("<ol>") if line.opens else mark_safe("</li>" + "</ol></li>" * line.closes)
    about = f"{'' if node.title.endswith('?') else ','} {node.about}" if node.about else ""
    again = ". As above" if line.again else ""
    said = title if plain else format_html('<a href="{}">{}</a>', node.url, title)
    return format_html("<li><b>{}</b>{}{}{}{}", node.label, said, about, again, end)
