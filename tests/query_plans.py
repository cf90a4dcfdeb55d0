"""Reads PostgreSQL's plan of each statement that a block of code sends."""

import json
from contextlib import contextmanager

from django.db import connection

READ = ("SELECT", "UPDATE", "DELETE")


@contextmanager
def recorded_plans(**settings):
    """A list of (statement, plan), which fills while the block runs. `settings`: PostgreSQL's, such as work_mem="64kB"
    or enable_seqscan="off", for which the plans are made."""
    plans = []

    def explain(execute, sql, params, many, context):
        if not many and sql.startswith(READ):
            plans.append((sql, _plan(sql, params, settings)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield plans


def _plan(sql, params, settings):
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("SET " + f"{name} = %s", [value])
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql, params)
        [(found,)] = cursor.fetchall()
        for name in settings:
            cursor.execute(f"RESET {name}")
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def nodes_of(plan):
    """Every node of a plan, the outermost first."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes_of(part)


def compares_row_by_row(plan):
    """Whether it compares each row with each row of a subquery, as NOT IN does where memory is short: quadratic."""
    return any(node.get("Subplan Name", "").startswith(("SubPlan", "hashed SubPlan")) for node in nodes_of(plan))
