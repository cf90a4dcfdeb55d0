"""`{% closed_on source %}`: the true day of closing; `{% closed_because source %}`: the key of its public reason."""

from django import template

from consultation.surveys.immediate_closure import find_public_reason, find_true_closing_day

register = template.Library()
register.simple_tag(find_true_closing_day, name="closed_on")
register.simple_tag(find_public_reason, name="closed_because")
