"""What a web process reads once it reads as it starts, so that nobody who comes first waits for it: every address, the
words of the interface, and the markup of the pages. It asks the database nothing."""

from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.translation import gettext, override


def warm() -> None:
    for language, _ in settings.LANGUAGES:
        with override(language):
            gettext("Yes")  # the catalogue of a language is read with its first word
            get_resolver().reverse_dict  # noqa: B018 - addresses of i18n_patterns differ by language
    for name in templates():
        get_template(name)


def templates() -> list[str]:
    """Names of the planners' pages: the largest, under the hardest budget."""
    folders = [Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    return [
        str(path.relative_to(folder)) for folder in folders for path in sorted((folder / "insights").rglob("*.html"))
    ]
