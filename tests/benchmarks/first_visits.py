"""`python -m tests.benchmarks.first_visits COOKIE PATH ...`: first pages of a fresh web process, by gunicorn's application
without a server. COOKIE is a session's. Prints JSON."""

import json
import sys
import time

VISITS = 60


def started():
    """(the application, CPU seconds of this process until it can take a request)."""
    from cms.wsgi import application

    return application, round(time.process_time(), 2)


def lap(application, cookie, path):
    """Milliseconds of (the clock, this process's CPU): what else the machine does at that moment is in the first alone."""
    from django.conf import settings
    from django.test import RequestFactory

    signed_in = f"{settings.SESSION_COOKIE_NAME}={cookie}"
    environ = RequestFactory(headers={"host": "127.0.0.1", "cookie": signed_in}).get(path).environ
    began, busy, told = time.perf_counter(), time.process_time(), []
    answer = application(environ, lambda status, headers, *_: told.append(status))
    body = b"".join(answer)
    answer.close()
    assert told == ["200 OK"] and body, (path, told)
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def p95(laps):
    return round(sorted(laps)[int(0.95 * len(laps))], 1)


def main(cookie, *paths):
    application, start = started()
    cold = [lap(application, cookie, path) for path in paths]
    laps = [lap(application, cookie, paths[number % len(paths)]) for number in range(VISITS)]
    return {
        "page_p95_ms": p95([wall for wall, _ in laps]),
        "page_p95_cpu_ms": p95([cpu for _, cpu in laps]),
        "pages_p95_ms": {path: p95([wall for wall, _ in laps[n :: len(paths)]]) for n, path in enumerate(paths)},
        "page_cold_ms": round(max(wall for wall, _ in cold), 1),
        "page_cold_cpu_ms": round(max(cpu for _, cpu in cold), 1),
        "start_cpu_seconds": start,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
