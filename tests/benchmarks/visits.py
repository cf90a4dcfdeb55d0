"""Pages of a web process that has shown nothing yet, by the very application that gunicorn loads, without a server.

`python -m tests.benchmarks.visits COOKIE PATH ...`, where COOKIE is that of a session. Prints JSON.
"""

import json
import sys
import time

VISITS = 60


def started():
    """(the application, CPU seconds of this process until it can take a request)."""
    from cms.wsgi import application

    return application, round(time.process_time(), 2)


def lap_ms(application, cookie, path):
    from django.test import RequestFactory

    environ = RequestFactory(headers={"host": "127.0.0.1", "cookie": f"staff={cookie}"}).get(path).environ
    began, told = time.perf_counter(), []
    answer = application(environ, lambda status, headers, *_: told.append(status))
    body = b"".join(answer)
    answer.close()
    assert told == ["200 OK"] and body, (path, told)
    return (time.perf_counter() - began) * 1000


def main(cookie, *paths):
    application, start = started()
    cold = [lap_ms(application, cookie, path) for path in paths]
    laps = sorted(lap_ms(application, cookie, paths[number % len(paths)]) for number in range(VISITS))
    return {
        "page_p95_ms": round(laps[int(0.95 * len(laps))], 1),
        "page_cold_ms": round(max(cold), 1),
        "start_cpu_seconds": start,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
