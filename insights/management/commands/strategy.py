"""Prints the 34 points of the strategy: whether each is in use, by the rows that serve it, and its check; with --test,
whether the check's test passes now."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from consultation.domain import strategy_points
from insights.strategy.points.point_provisions import ServedPoint, list_served_points


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", help="points, by their slugs; all 34, where none is named")
        parser.add_argument("--json", action="store_true", help="print {points: [{slug, holds, check, passed, page}]}")
        parser.add_argument("--test", action="store_true", help="run the test of each check (in a checkout, a minute)")

    def handle(self, *args, **options):
        slugs = options["slugs"] or list(strategy_points.text_by_sub_point())
        if unknown := set(slugs) - set(strategy_points.text_by_sub_point()):
            raise CommandError(f"No point of the strategy is called {', '.join(sorted(unknown))}.")
        points = [point for point in list_served_points() if point.slug in slugs]
        failed = run_tests(points) if options["test"] else None
        if options["json"]:
            self.stdout.write(json.dumps({"points": [_describe(point, failed) for point in points]}, indent=2))
        else:
            self._print_points(points, failed)
        if failed:
            raise CommandError(
                f"The checks of {len(failed)} of {len(points)} points failed: {', '.join(sorted(failed))}."
            )

    def _print_points(self, points, failed):
        for point in points:
            self.stdout.write(f"{'in use' if point.holds else 'lacks '}  {point.number} {point.slug}")
            self.stdout.write(f"            Check{_say_outcome(point, failed)}: {point.check} ({point.test})")
            for one in point.provisions:
                self.stdout.write(f"            {one.title}: {_count_rows(one)}")
        self.stdout.write(f"{sum(point.holds for point in points)} of {len(points)} points are in use.")
        if failed is not None:
            self.stdout.write(f"{len(points) - len(failed)} of {len(points)} checks passed.")


def run_tests(points: list[ServedPoint]) -> set[str]:
    """Slugs of the points of which a test failed, was skipped, or does not exist.

    Raises CommandError without the tests or their tools."""
    root = settings.BASE_DIR
    if not find_spec("pytest") or not (root / "tests").is_dir():
        raise CommandError("The tests run in a checkout with the tests' tools: ./dev test installs them.")
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        subprocess.run(  # noqa: S603
            [*command, "--ds=cms.settings.test", *(each.test for each in points if (root / each.test).exists())],
            cwd=root,
            stdout=sys.stderr,
            check=False,
        )
        cases = ElementTree.parse(report).findall(".//testcase") if report.exists() else []  # noqa: S314  pytest wrote it
    found = {case.get("classname") for case in cases}
    broken = {case.get("classname") for case in cases if {each.tag for each in case} & {"failure", "error", "skipped"}}
    return {point.slug for point in points if _name_module(point) not in found - broken}


def _name_module(point):
    return point.test.removesuffix(".py").replace("/", ".")


def _say_outcome(point, failed):
    if failed is None:
        return ""
    return " failed" if point.slug in failed else " passed"


def _count_rows(provision):
    if provision.seen_with:
        return "told on its page to those who may know"
    return f"{len(provision.proofs)}, such as {provision.proofs[0].label}" if provision.holds else "nothing yet"


def _describe(point, failed):
    page = reverse("insights:point", args=[point.slug])
    passed = None if failed is None else point.slug not in failed
    return {"slug": point.slug, "holds": point.holds, "check": point.check, "passed": passed, "page": page}
