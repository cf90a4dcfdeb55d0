"""The list beside the picture of a trace."""

from html import escape

from django import template
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
    """Escaped here and now: `format_html` asks of each part whether it is to be translated later."""
    node = line.node
    title = marked_tags(node.title) if node.kind == "words" else escape(node.title)
    end = "<ol>" if line.opens else "</li>" + "</ol></li>" * line.closes
    about = f"{'' if node.title.endswith('?') else ','} {escape(node.about)}" if node.about else ""
    again = ". As above" if line.again else ""
    said = title if plain else f'<a href="{escape(node.url)}">{title}</a>'
    return f"<li><b>{escape(node.label)}</b>{said}{about}{again}{end}"
