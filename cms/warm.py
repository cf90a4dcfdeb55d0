"""What a web process reads once it reads as it starts, so that nobody who comes first waits for it: every address, the
words of the interface, and the markup of the planners' pages, which are the largest. It asks the database nothing."""

import gc
from contextlib import suppress

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.translation import gettext, override

ROOMS = ("components", "insights")


def warm() -> None:
    for language, _ in settings.LANGUAGES:
        with override(language):
            gettext("Yes")  # the catalogue of a language is read with its first word
            get_resolver().reverse_dict  # noqa: B018 - some addresses differ by language
    folder = settings.BASE_DIR / "templates"
    for room in ROOMS:
        for path in (folder / room).rglob("*.html"):
            with suppress(TemplateSyntaxError):  # a broken page says so to whoever opens it, and closes no other
                get_template(str(path.relative_to(folder)))
    keep()


def keep() -> None:
    """What is here now stays: the collector of garbage looks at it no more, and comes less often while a page is made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
