"""Reads PostgreSQL's plan of each statement that a block of code sends."""

import json
from contextlib import contextmanager

from django.db import connection

READ = ("SELECT", "UPDATE", "DELETE")
NEED_ALL = ("Sort", "Aggregate", "Hash", "WindowAgg")  # before they give their first row


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


def list_whole_reads(plans, tables):
    """(table, statement) of each reading of one of the `tables` from end to end, in its own order or in that of an index.
    Reading the first rows in the order of an index is none, nor is an index of a few rows alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indpred IS NOT NULL")
        of_few = {name for (name,) in cursor.fetchall()}
    return [
        (node["Relation Name"], sql)
        for sql, plan in plans
        for node, limited in _nodes_with_limit(plan, False)
        if node.get("Relation Name") in tables
        and (node["Node Type"] == "Seq Scan" or not (limited or _is_selective(node, of_few)))
    ]


def _is_selective(node, of_few):
    by_index = "Index" in node["Node Type"] and "Bitmap" not in node["Node Type"]
    return not by_index or "Index Cond" in node or node["Index Name"] in of_few


def _nodes_with_limit(node, limited):
    """Every node of a plan, and whether it is asked for its first rows alone."""
    yield node, limited
    limited = node["Node Type"] == "Limit" or (limited and node["Node Type"] not in NEED_ALL)
    for part in node.get("Plans", ()):
        yield from _nodes_with_limit(part, limited)
