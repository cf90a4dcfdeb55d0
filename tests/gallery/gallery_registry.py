"""The registry of gallery states; the modules of `states` fill it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

# Faces in the order of the gallery page. Each has a module of its name in `states`.
FACES = {
    "before": "Before the first question",
    "asking": "The questions",
    "sending": "Check, and send",
    "after": "After sending, and coming back",
    "trust": "Help, contact and trust",
    "other": "Other ways to answer",
    "quiet": "When something is wrong",
    "staff": "For staff",
    "points": "The thirty-four points of the strategy",
}


@dataclass(frozen=True)
class GalleryState:
    """One state of a page. `drive` gets the browser there; `shows` is a selector that is visible once it is reached.
    `plain`: differs without script. `prints`: people print it. `last`: uses up a rate limit, so is visited last.
    `english`: the demo has no other language. `ours`: False for pages of Wagtail itself. `crawled`: all rules of axe are
    run on it by tests/journeys/test_every_page.py, on a wide screen. `alike`: one of many of the same template, so on a
    phone and a wide screen in light colours alone.
    """

    name: str
    title: str
    about: str
    face: str
    drive: Callable
    shows: str = "main h1"
    plain: bool = False
    prints: bool = False
    last: bool = False
    english: bool = False
    who: str = ""
    ours: bool = True
    crawled: bool = False
    alike: bool = False


class FaceRegistry:
    """Decorator that collects the states of one face; the function's name becomes the state's name."""

    def __init__(self, name):
        self.name, self.states = name, []

    def __call__(self, title, about, **more):
        def keep(drive):
            name = f"{self.name}-{drive.__name__.strip('_').replace('_', '-')}"
            self.states.append(GalleryState(name=name, title=title, about=about, face=self.name, drive=drive, **more))
            return drive

        return keep


def all_states():
    """Every state, in the order of the gallery page."""
    faces = [import_module(f"tests.gallery.states.{name}").state for name in FACES]
    return [state for face in faces for state in face.states]
