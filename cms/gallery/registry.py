"""A state: a name, a title, what it is, and how a browser gets there. The list is made by the modules of `states`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

# The faces, in the order of the page, and the module that lists the states of each.
FACES = {
    "before": "Before the first question",
    "asking": "The questions",
    "sending": "Check, and send",
    "after": "After sending, and coming back",
    "trust": "Help, contact and trust",
    "other": "Other ways to answer",
    "quiet": "When something is wrong",
    "staff": "For staff",
}
MODULES = ("before", "asking", "sending", "after", "trust", "other", "quiet", "staff")
STAFF = "staff"


@dataclass(frozen=True)
class State:
    """`shows`: what is on the screen when the state is reached (a selector). `plain`: it looks different without a
    script. `prints`: people print it. `last`: it uses up a limit, so it comes after all others. `english`:
    the demo has it in no other language. `ours`: not so where Wagtail made the page, whose look and markup it keeps.
    `crawled`: tests/journeys/test_every_page.py looks at it with axe, so that a gallery takes its pictures alone."""

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


class Face:
    """Collects the states of one face as a decorator; the function's name is the state's."""

    def __init__(self, name):
        self.name, self.states = name, []

    def __call__(self, title, about, **more):
        def keep(drive):
            name = f"{self.name}-{drive.__name__.strip('_').replace('_', '-')}"
            self.states.append(State(name=name, title=title, about=about, face=self.name, drive=drive, **more))
            return drive

        return keep


def all_states():
    """Every state, in the order of the page."""
    faces = [import_module(f"cms.gallery.states.{name}").state for name in MODULES]
    return [state for face in faces for state in face.states]
