"""`{% look_style %}` and `{% look_script %}`: where the stylesheet of all respondent pages and the survey's script are."""

from django import template

from consultation.answering.look import look_path, script_path

register = template.Library()
register.simple_tag(look_path, name="look_style")
register.simple_tag(script_path, name="look_script")
