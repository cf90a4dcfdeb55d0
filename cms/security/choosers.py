"""Wagtail's choosers start by a script written into the page, which the policy of staff pages does not run.

Wagtail offers no template for it, so the one method that writes the script is replaced: what it would start stands in
`<template data-start>`, for staff/wagtail.js.
"""

import json

from django.utils.html import format_html
from wagtail.admin.widgets.chooser import BaseChooser


def render(self, name, value, attrs=None, renderer=None):
    value_data = self.get_value_data(value)
    with_ = [attrs["id"], self.get_js_init_options(attrs["id"], name, value_data)]
    return format_html(
        '{}<template data-start="{}" data-with="{}"></template>',
        self.render_html(name, value_data, attrs),
        self.js_constructor,
        json.dumps(with_),
    )


def install():
    BaseChooser.render = render
