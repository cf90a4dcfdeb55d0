"""Preloads URLs, interface texts and the largest templates when a web process starts, so that the first visitor does
not wait. It makes no database query."""

import gc
from contextlib import suppress

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.translation import gettext, override

ROOMS = ("components", "insights")


def preload_web_process() -> None:
    for language, _ in settings.LANGUAGES:
        with override(language):
            gettext("Yes")  # the first lookup loads the language's catalogue
            get_resolver().reverse_dict  # noqa: B018 - cached per language
    folder = settings.BASE_DIR / "templates"
    for room in ROOMS:
        for path in (folder / room).rglob("*.html"):
            with suppress(TemplateSyntaxError):  # a broken template must fail on its own page only
                get_template(str(path.relative_to(folder)))
    gc.collect()
    gc.freeze()  # the loaded objects are not collected, and others less often
    gc.set_threshold(20_000, 20, 20)
