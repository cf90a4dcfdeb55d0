"""How the states of staff pages are described: in English, signed in as the role that uses them."""

from tests.gallery.gallery_data import MAIN, PAST, TYPES
from tests.gallery.gallery_registry import FaceRegistry

# Pages whose kind the crawl looks at, as one of their role: see GalleryState.crawled.
CRAWLED = frozenset(
    (
        "agencies agreement all_consultations assessment audit bank board board_report codebooks coding "
        "confirmation_sample consultation consultation_home consultations contacts coverage dates decision "
        "decision_draft decision_rows decisions desk desk_guide desk_short dictionary discovery emergency gaps "
        "heads hours imports make_release models outcome outcomes paper paths planner point question reach "
        "releases results retention right rota saved session_enter sheets start stop strategy themes times trace "
        "unanswered"
    ).split()
)


class StaffRegistry(FaceRegistry):
    """The states of one subject, of the face for staff."""

    def __init__(self):
        super().__init__("staff")

    def add_page(self, name, title, about, path, who, **more):
        """Add a state that is one address, for a signed-in member of staff."""

        def drive(scene):
            main, types = (scene.ground.surveys[slug].page for slug in (MAIN, TYPES))
            scene.go(path.format(page=main, types=types))

        drive.__name__ = name
        self(title, about, who=who, crawled=name in CRAWLED, **more)(drive)


def open_report(scene):
    """The newest report of a consultation that has ended."""
    scene.go(f"/insights/consultations/{PAST}/")
    scene.first_link("main .acts a.btn.one")
