"""The page of each point of the strategy, on one sheet."""

from consultation.domain.strategy_points import number_by_sub_point, text_by_sub_point
from tests.gallery.gallery_registry import FaceRegistry

state = FaceRegistry("points")


def _add_point(slug, title):
    def drive(scene):
        scene.go(f"/insights/strategy/{slug}/")

    drive.__name__ = slug
    state(title, "Heard, decided, owned, offered and missing.", who="planner", english=True, alike=True)(drive)


for slug, text in text_by_sub_point().items():
    _add_point(slug, f"{number_by_sub_point()[slug]} {text}")
