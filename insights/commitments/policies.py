"""What a commitment must say."""

from collections.abc import Mapping
from typing import Any

from insights.commitments.models import CommitmentKind
from insights.decisions.models import Progress
from insights.decisions.neutral_titles import NOT_NEUTRAL, QUIETER

MAX_LENGTHS = {"name": 120, "what": 600}
ASK = {
    "name": "Say who it is: a job or a group, never a person. Of a principle, its name.",
    "what": "Say what they will do, in one to three short sentences.",
}


def list_commitment_problems(kind: str, said: Mapping[str, Any]) -> dict[str, str]:
    """{field: error}; empty when it may be saved."""
    found = {name: words for name, words in ASK.items() if not said[name].strip()}
    found |= {
        name: f"Write this in {most} letters or fewer." for name, most in MAX_LENGTHS.items() if len(said[name]) > most
    }
    if kind != CommitmentKind.PRINCIPLE:
        found |= {name: QUIETER for name in ASK if NOT_NEUTRAL.search(said[name])}
    if kind == CommitmentKind.PLEDGE:
        if not said["due"]:
            found["due"] = "A pledge has a day by which it is done."
        if not said["results"] and not said["decisions"]:
            found["results"] = "Say what they read: results, or a decision."
    return found


def list_note_problems(progress: str, words: str) -> dict[str, str]:
    found = {} if progress in Progress.values else {"progress": "Say how it stands."}
    if not words.strip():
        found["words"] = "Say in one or two short sentences how it goes."
    elif NOT_NEUTRAL.search(words):
        found["words"] = QUIETER
    return found
