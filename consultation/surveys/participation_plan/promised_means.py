"""What was promised must have means: a way to answer or a form of the survey can be promised only where it exists.

Paper, large print and a group exist for every survey: officers print the form, and a reader types in what came. Words
that are easy as they stand need no others. A telephone needs a number, sign language a video in each question.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from consultation.surveys.participation_plan.participation_promises import MissingPromise

NO_NUMBER = "“By phone” is promised, and there is no number to ring. Give the number, or take the promise out."
NO_VIDEO = "Sign language is promised, and {n} of {all} questions have no signed video. Add them, or take it out."


def list_missing_means(get: Callable[[str], Any], signed: Collection[bool]) -> Iterator[MissingPromise]:
    """`get(name)` returns a field of the consultation. `signed`: of each question whether it has a signed video."""
    if "phone" in (get("ways") or []) and not (get("answer_phone") or "").strip():
        yield MissingPromise("answer_phone", NO_NUMBER)
    if "signed" in (get("formats") or []) and not (signed and all(signed)):
        yield MissingPromise("formats", NO_VIDEO.format(n=sum(not one for one in signed), all=len(signed)))
