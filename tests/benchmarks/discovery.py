"""`./dev bench discovery [--texts N] [--json]`: discovery of themes in many texts, in seconds and memory."""

import argparse
import json
import os
import resource
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from insights.coding.engine.clustering import discover_clusters  # noqa: E402
from tests.benchmarks.texts import texts  # noqa: E402


def main(arguments=None):
    parser = argparse.ArgumentParser(description="How long it takes to find themes, and how much memory.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--texts", type=int, default=100_000)
    options = parser.parse_args(arguments)
    many = texts(options.texts)
    began, worked = time.perf_counter(), time.process_time()
    found = discover_clusters(many)
    report = {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time() - worked, 1),
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "texts": options.texts,
        "themes": len(found.clusters),
        "largest_share": round(max(cluster.size for cluster in found.clusters) / options.texts, 2),
    }
    print(json.dumps(report, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
