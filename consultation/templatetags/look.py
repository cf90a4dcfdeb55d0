"""`{% look_style %}`, `{% look_script %}`: URLs of the respondent pages' CSS bundle and the survey's script."""

from django import template

from consultation.answering.look import look_path, script_path

register = template.Library()
register.simple_tag(look_path, name="look_style")
register.simple_tag(script_path, name="look_script")
