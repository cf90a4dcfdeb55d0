"""Takes screenshots of all states and writes them to one static page."""

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

from tests.gallery.accessibility_scan import find_page_problems
from tests.gallery.gallery_registry import FACES
from tests.gallery.gallery_scene import Scene
from tests.gallery.gallery_viewports import HEIGHTS, choose_languages, plan_visits

VOICE = Path(settings.BASE_DIR) / "consultation" / "static" / "voice"
STYLE = Path(__file__).with_name("gallery.css")
TEMPLATE = Engine.get_default().from_string(Path(__file__).with_name("index.html").read_text(encoding="utf-8"))
TIMEOUT_MS = 10_000  # for any element to appear


@dataclass
class GalleryPicture:
    file: str
    named: str
    width: int
    height: int


@dataclass
class CapturedState:
    """Pictures, problems and markup of one state, and the visits that reached it."""

    name: str
    title: str
    about: str
    face: str
    pictures: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    reached: list = field(default_factory=list)  # as "en", or "en, without a script"
    markup: dict = field(default_factory=dict)  # {language: file}


class Gallery:
    """Drives the browser. `check` adds an axe scan and an overflow check at phone width; `pictures=False` takes no
    pictures. Staff keep their page from state to state: theirs leave nothing in a browser."""

    def __init__(self, browser, ground, base, out, *, check=False, pictures=True):
        self.browser, self.ground, self.base, self.out, self.check = browser, ground, base, Path(out), check
        self.pictures, self.staff_pages = pictures, {}

    def show(self, state, languages, widths):
        shown = CapturedState(state.name, state.title, state.about, state.face)
        for visit in plan_visits(state, languages, widths):
            self._visit(state, visit, shown)
        return shown

    def _visit(self, state, visit, shown):
        width = visit.looks[0].width
        size = {"width": width, "height": HEIGHTS[width]}
        page = self._staff_page(state.who) if state.who else self._new_page(size, visit.script)
        page.set_viewport_size(size)
        scene = Scene(page, self.ground, visit.language, self.base, visit.script)
        try:
            with scene.meanwhile:
                state.drive(scene)
                scene.page.locator(state.shows).locator("visible=true").first.wait_for()
                self._take(state, visit, scene.page, shown)
        except Exception as error:  # noqa: BLE001  one unreachable state must not stop the others
            first = next(iter(str(error).splitlines()), "")
            shown.problems.append(f"{visit.named(visit.looks[0])}: not reached: {type(error).__name__} {first}")
        finally:
            if not state.who:
                page.context.close()

    def _new_page(self, size, script=True):
        context = self.browser.new_context(viewport=size, java_script_enabled=script, reduced_motion="reduce")
        context.set_default_timeout(TIMEOUT_MS)
        return context.new_page()

    def _staff_page(self, who):
        """The page of a member of staff, signed in once."""
        if who not in self.staff_pages:
            page = self._new_page({"width": 1280, "height": HEIGHTS[1280]})
            Scene(page, self.ground, "en", self.base).sign_in(who)
            self.staff_pages[who] = page
        return self.staff_pages[who]

    def _take(self, state, visit, page, shown):
        check = self.check and visit.script and state.ours
        again = bool(shown.markup)
        for look in visit.looks if self.pictures or check else ():
            page.set_viewport_size({"width": look.width, "height": HEIGHTS[look.width]})
            page.emulate_media(**look.media)
            page.evaluate("scrollTo(0, 0)")  # the sticky bar belongs at the top of the picture
            if check and look.width == 320:
                found = find_page_problems(page, look, again=again, crawled=state.crawled)
                shown.problems += [f"{visit.named(look)}: {problem}" for problem in found]
            if self.pictures:
                self._picture(state, visit, look, page, shown)
        shown.reached.append(visit.language if visit.script else f"{visit.language}, without a script")
        if check:
            self._keep_markup(state, visit, page, shown)

    def _picture(self, state, visit, look, page, shown):
        name = visit.file(state, look)
        page.screenshot(path=self.out / name, full_page=True, animations="disabled")
        width, height = _png_size(self.out / name)
        shown.pictures.append(GalleryPicture(name, visit.named(look), width, height))

    def _keep_markup(self, state, visit, page, shown):
        page.emulate_media(media="screen")
        name = f"{state.name}--{visit.language}.html"
        (self.out / name).write_text(page.content(), encoding="utf-8")
        shown.markup[visit.language] = name


def _png_size(path):
    """(width, height) from the PNG header."""
    head = path.read_bytes()[16:24]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


def capture_all_states(gallery, states, chosen, widths, *, say):
    """Captures in the order of `states`; states that use up a rate limit are visited last."""
    found, places = {}, {state.name: place for place, state in enumerate(states)}
    for number, state in enumerate(sorted(states, key=lambda state: state.last), start=1):
        shown = found[state.name] = gallery.show(state, choose_languages(places[state.name], chosen), widths)
        told = f"{len(shown.pictures)} pictures"
        say(f"{number:>3} of {len(states)}  {state.name}: {told}")
        for problem in shown.problems:
            say(f"       {problem}")
    return [found[state.name] for state in states]


def write_gallery_page(shown, out):
    """Write index.html, its two stylesheets, and gallery.json for programs."""
    faces = [
        {"name": face, "title": title, "states": [one for one in shown if one.face == face]}
        for face, title in FACES.items()
    ]
    pictures = sum(len(one.pictures) for one in shown)
    context = {"faces": [face for face in faces if face["states"]], "total": len(shown), "pictures": pictures}
    Path(out, "index.html").write_text(TEMPLATE.render(Context(context)), encoding="utf-8")
    Path(out, "gallery.json").write_text(json.dumps([asdict(one) for one in shown], indent=1), encoding="utf-8")
    shutil.copy(VOICE / "tokens.css", out)
    shutil.copy(STYLE, out)


def prepare_output_folder(out):
    """Empty the folder. Raises FileExistsError if it holds anything but a gallery."""
    out = Path(out)
    if out.exists() and any(out.iterdir()) and not (out / "gallery.json").exists():
        raise FileExistsError(out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / "gallery.json").write_text("[]")
