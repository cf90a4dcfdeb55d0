from collections.abc import Iterator

from consultation.safeguarding.help.directory import HelpEntryCard
from consultation.safeguarding.models import HelpEntry
from consultation.strategy_provisions import Proof, provides_for


@provides_for(
    "safeguard-information-access",
    "help",
    "A place that helps stands on every page, with its owner and the day of its check",
    start="wagtailsnippets_consultation_helpentry:list",
    may_start="consultation.edit_help",
)
def find_help_entries() -> Iterator[Proof]:
    for entry in HelpEntry.objects.exclude(owner="").exclude(checked_on=None):
        yield Proof(entry, entry.name, f"/en/help/#{HelpEntryCard(entry).anchor}")
