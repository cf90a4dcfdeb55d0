"""Prints the 34 points of the strategy: whether each is in use, by the rows that serve it, and the test of its check."""

import json

from django.core.management.base import BaseCommand
from django.urls import reverse

from insights.strategy.points.point_provisions import list_served_points


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print {points: [{slug, holds, check, page}]}")

    def handle(self, *args, **options):
        points = list_served_points()
        if options["json"]:
            return json.dumps({"points": [_describe(point) for point in points]}, indent=2)
        for point in points:
            self.stdout.write(f"{'in use' if point.holds else 'lacks '}  {point.number} {point.slug}")
            self.stdout.write(f"            Check: {point.check} ({point.test})")
            for one in point.provisions:
                self.stdout.write(f"            {one.title}: {_count_rows(one)}")
        return f"{sum(point.holds for point in points)} of {len(points)} points are in use."


def _count_rows(provision):
    if provision.seen_with:
        return "told on its page to those who may know"
    return f"{len(provision.proofs)}, such as {provision.proofs[0].label}" if provision.holds else "nothing yet"


def _describe(point):
    page = reverse("insights:point", args=[point.slug])
    return {"slug": point.slug, "holds": point.holds, "check": point.check, "page": page}
