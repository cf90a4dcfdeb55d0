"""A trace as a nested list, the text alternative of its picture."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from insights.corpus.redaction_tags import highlight_tags
from insights.decisions.reached_measures import describe_reached

register = template.Library()


@register.simple_tag
def outline(lines, plain=False):
    """Nested lists from flat lines. Python writes them: an include for each of 500 lines takes a tenth of a second.
    `plain` leaves out links, for a downloaded file."""
    written = [_render_line(line, plain) for line in lines]
    return mark_safe("".join(written))


register.filter("reached_in_words", describe_reached)


def _render_line(line, plain):
    """Escapes with `html.escape`: `format_html` is slower, since it checks each part for lazy translation."""
    node = line.node
    title = highlight_tags(node.title) if node.kind == "words" else escape(node.title)
    end = "<ol>" if line.opens else "</li>" + "</ol></li>" * line.closes
    about = f"{'' if node.title.endswith('?') else ','} {escape(node.about)}" if node.about else ""
    again = ". As above" if line.again else ""
    said = title if plain else f'<a href="{escape(node.url)}">{title}</a>'
    return f"<li><b>{escape(node.label)}</b>{said}{about}{again}{end}"
