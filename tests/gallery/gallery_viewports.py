"""Plans the pictures of a state: width, language, colours, script, print. One visit serves several viewports."""

from dataclasses import dataclass

from django.conf import settings

WIDTHS = (320, 390, 768, 1280)
HEIGHTS = {320: 640, 390: 844, 768: 1024, 1280: 900}
READERS = ("planner", "partner")  # of reports: their pages are seen on a common phone, too
LIGHT, DARK, FORCED, PRINT = "light", "dark", "forced colours", "print"


@dataclass(frozen=True)
class Viewport:
    width: int
    colours: str = LIGHT

    @property
    def media(self):
        """Playwright's media emulation options."""
        return {
            "color_scheme": "dark" if self.colours == DARK else "light",
            "forced_colors": "active" if self.colours == FORCED else "none",
            "media": "print" if self.colours == PRINT else "screen",
        }


@dataclass(frozen=True)
class GalleryVisit:
    """One fresh page in one language, with or without script, and the viewports to capture."""

    language: str
    script: bool
    looks: tuple

    def named(self, look):
        """Readable name of a picture."""
        parts = [f"{look.width} pixels wide"] if look.colours != PRINT else []
        parts += [look.colours] if look.colours != LIGHT else []
        parts += ["" if self.language == "en" else LANGUAGE_NAMES.get(self.language, self.language)]
        parts += ["" if self.script else "without a script"]
        return ", ".join(filter(None, parts))

    def file(self, state, look):
        colours = "" if look.colours == LIGHT else f"-{look.colours.split()[0]}"
        return f"{state.name}--{self.language}-{look.width}{colours}{'' if self.script else '-plain'}.png"


LANGUAGE_NAMES = {
    "ar": "Arabic",
    "bn": "Bengali",
    "pa": "Punjabi",
    "pl": "Polish",
    "ro": "Romanian",
    "sk": "Slovak",
    "ur": "Urdu",
}


FIRST = ("en", "ur")
FURTHER = tuple(code for code, _ in settings.LANGUAGES if code not in FIRST)


def choose_languages(place, chosen=()):
    """The chosen languages, or English, Urdu and one more that rotates with the state's place."""
    return tuple(chosen) or (*FIRST, FURTHER[place % len(FURTHER)])


def plan_visits(state, languages, widths):
    """Visits of one state: the first language in every viewport; other languages, and no script, at phone width."""
    languages = ("en",) if state.english or state.face == "staff" else languages
    first, *others = languages
    made = [GalleryVisit(first, True, _plan_viewports(state, widths))]
    phone = tuple(look for look in (Viewport(320),) if look.width in widths)
    if phone:
        made += [GalleryVisit(first, False, phone)] if state.plain else []
        made += [GalleryVisit(language, True, phone) for language in others]
    return [visit for visit in made if visit.looks]


def _plan_viewports(state, widths):
    if state.alike:
        return tuple(Viewport(width) for width in (320, 1280) if width in widths)
    kept = [width for width in WIDTHS if width != 390 or state.who in READERS]
    looks = [Viewport(width) for width in kept if width in widths]
    if 320 in widths:
        looks.insert(1, Viewport(320, DARK))
    if 768 in widths:
        looks += [Viewport(768, FORCED)] + ([Viewport(768, PRINT)] if state.prints else [])
    return tuple(looks)
