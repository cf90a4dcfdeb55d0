"""Highlights redaction tags such as [WORKER 1] in quoted words."""

from django import template

from insights.corpus.redaction_tags import highlight_tags

register = template.Library()
register.filter("marked_tags", highlight_tags)
