"""Takes the pictures of the guides, each of the page that a part is about, as its role sees it in the demo."""

import io
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from PIL import Image

from cms.staff.guides.guides import OF_ONE, list_guides
from consultation.surveys.models import ConsultationPage
from tests.gallery.gallery_data import MAIN
from tests.gallery.gallery_scene import Scene

FOLDER = Path(settings.BASE_DIR) / "cms" / "static"
SEEN = {"width": 1280, "height": 800}
DRAWN = (640, 400)
QUALITY = 55


def take_guide_pictures(browser, site, addresses, *, say):
    """Write each part's picture into the static files, which are committed. `addresses`: of `find_addresses`."""
    for guide in list_guides():
        page = browser.new_page(viewport=SEEN, color_scheme="light", reduced_motion="reduce")
        scene = Scene(page, None, "en", site)
        scene.sign_in(guide.who)
        for part in guide.parts:
            scene.go(addresses[part.at])
            page.wait_for_load_state("networkidle")
            drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB").resize(DRAWN, Image.Resampling.LANCZOS)
            drawn.save(FOLDER / part.picture, "WEBP", quality=QUALITY, method=6)
            say(f"{part.picture}\n")
        page.close()


def find_addresses():
    """{name of a page: its address}; asked before the browser starts, beside which the database cannot be asked."""
    main = ConsultationPage.objects.get(slug=MAIN, locale__language_code="en").pk
    names = {part.at for guide in list_guides() for part in guide.parts}
    return {at: reverse(at, args=[main] if at in OF_ONE else []) for at in names}
