"""Makes Wagtail's choosers work without inline scripts, which the content security policy of staff pages blocks.

Wagtail has no template for the script, so the method that renders it is replaced: the call goes into
`<template data-start>`, which staff/wagtail.js runs.
"""

import json

from django.utils.html import format_html
from wagtail.admin.widgets.chooser import BaseChooser


def render_chooser(self, name, value, attrs=None, renderer=None):
    value_data = self.get_value_data(value)
    with_ = [attrs["id"], self.get_js_init_options(attrs["id"], name, value_data)]
    return format_html(
        '{}<template data-start="{}" data-with="{}"></template>',
        self.render_html(name, value_data, attrs),
        self.js_constructor,
        json.dumps(with_),
    )


def install_chooser_rendering():
    BaseChooser.render = render_chooser
