"""`{% style_url %}`, `{% script_url %}`: URLs of the respondent pages' CSS bundle and the survey's script."""

from django import template

from consultation.channels.web.survey_assets import script_url, stylesheet_url

register = template.Library()
register.simple_tag(stylesheet_url, name="style_url")
register.simple_tag(script_url, name="script_url")
