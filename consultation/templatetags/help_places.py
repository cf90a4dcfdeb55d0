"""`{% help_places source.help_first %}`: the places of help that a survey shows beside "Get help now"."""

from django import template

from consultation.safeguarding.help.directory import render_help_places

register = template.Library()
register.simple_tag(render_help_places, name="help_places")
