"""Build the gallery: pictures of every state of every page."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from cms.demo.demo_staff import NotADemo
from tests.gallery import gallery_server
from tests.gallery.gallery_viewports import WIDTHS


class Command(BaseCommand):
    help = "Take pictures of every state that a page can be in, and lay them out on one page."

    def add_arguments(self, parser):
        parser.add_argument(
            "--site",
            metavar="URL",
            help="a running demo on this process's own database: it is sent answers. Without: one is built for this",
        )
        parser.add_argument("--out", metavar="DIR", help="where it goes; by default a folder beside the database")
        parser.add_argument("--only", metavar="NAME", action="append", help="states whose name has this in it")
        parser.add_argument(
            "--language", metavar="CODE", action="append", help="by default: en; ur and one more on a phone"
        )
        parser.add_argument("--guides", action="store_true", help="take the pictures of the staff's guides, alone")
        parser.add_argument("--width", metavar="PIXELS", type=int, action="append", choices=WIDTHS)
        parser.add_argument("--no-pictures", dest="pictures", action="store_false", help="look at states alone")
        parser.add_argument(
            "--check", action="store_true", help="look for barriers with axe; found ones end it with 1"
        )

    def handle(self, *, site, out, **options):
        out = Path(out or Path(settings.VAR_DIR) / "gallery").absolute()
        try:
            self._build(site, out, options) if site else self._build_on_separate_demo(out)
        except (gallery_server.GalleryUnavailable, NotADemo) as error:
            raise CommandError(str(error)) from error

    def _build_on_separate_demo(self, out):
        """Build and serve a demo, then run this command again on its database."""
        with gallery_server.launch_browser():
            pass  # fails early, before a minute goes into the demo
        with (
            tempfile.TemporaryDirectory(prefix="gallery-") as folder,
            gallery_server.serve_demo(folder, say=self._say) as address,
        ):
            again = [sys.executable, "-m", "tests.gallery", *sys.argv[1:], "--site", address, "--out", str(out)]
            done = subprocess.run(again, cwd=settings.BASE_DIR, env=gallery_server.build_demo_environment(folder))  # noqa: S603
        if done.returncode:
            sys.exit(done.returncode)

    def _build(self, site, out, options):
        from tests.gallery import gallery_builder, gallery_data, guide_pictures

        if options["guides"]:
            addresses = guide_pictures.find_addresses()
            with gallery_server.launch_browser() as browser:
                guide_pictures.take_guide_pictures(browser, site.rstrip("/"), addresses, say=self._say)
            return
        states = _choose_states(options["only"])
        try:
            gallery_builder.prepare_output_folder(out)
            laid = gallery_data.prepare_gallery_data()
        except FileExistsError as error:
            raise CommandError(
                f"{out} holds something else than a gallery. Name another folder with --out."
            ) from error
        except gallery_data.DemoMissing as error:
            raise CommandError("There is no demo in this database. Build one: ./dev demo --no-serve") from error
        began = time.monotonic()
        languages = tuple(options["language"] or ())
        with gallery_server.launch_browser() as browser:
            gallery = gallery_builder.Gallery(
                browser, laid, site.rstrip("/"), out, check=options["check"], pictures=options["pictures"]
            )
            shown = gallery_builder.capture_all_states(
                gallery, states, languages, options["width"] or WIDTHS, say=self._say
            )
        gallery_builder.write_gallery_page(shown, out)
        self._say(f"{len(shown)} states in {time.monotonic() - began:.0f} seconds: {out / 'index.html'}")
        self._end(shown)

    def _end(self, shown):
        found = [one.name for one in shown if one.problems]
        if found:
            raise CommandError(f"Look at {', '.join(found)}.")

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def _choose_states(only):
    from tests.gallery.gallery_registry import all_states

    states = [state for state in all_states() if not only or any(part in state.name for part in only)]
    if not states:
        raise CommandError("No state has such a name.")
    return states
