"""Preview of a draft's effect on texts that people coded: rounded numbers in words and a few examples."""

from dataclasses import dataclass, field

from insights.coding.agreement.models import SampledText
from insights.coding.codebooks.destiny import destinies
from insights.coding.codebooks.past import deed_of
from insights.coding.models import Code, Source
from insights.intake.models import Text

EXAMPLES, FEW = 3, 10


@dataclass
class Effect:
    """The effect of a draft on the texts coded with one theme of the version in force."""

    entry: object
    outcome: str
    into: list
    many: str
    examples: list = field(default_factory=list)


def in_words(number):
    """A number of answers rounded to 5, and never a number under 10."""
    return "fewer than 10 answers" if number < FEW else f"about {5 * round(number / 5)} answers"


def coded_by_people(themes):
    return Text.objects.filter(pk__in=Code.objects.filter(source=Source.PERSON, theme__in=themes).values("text_id"))


def how_many(themes):
    return in_words(coded_by_people(themes).count())


def examples(themes, user):
    """A few quotable texts (R4) in the order of random ids, without texts that this person may have to code blind."""
    found = coded_by_people(themes).exclude(pk__in=SampledText.objects.blind_for(user))
    return list(found.quotable().order_by("pk")[:EXAMPLES])


def effects(version, user):
    """The effect on each theme of the version before that this draft merges, splits, retires or leaves out."""
    if version.based_on_id is None:
        return []
    before = list(version.based_on.entries.select_related("theme"))
    mine = {entry.theme_id: entry for entry in version.entries.select_related("theme")}
    fates = destinies([entry.theme_id for entry in before], _deeds(version))
    return [_effect(entry, fates[entry.theme_id], mine, user) for entry in before if entry.theme_id not in mine]


def _deeds(version):
    return [deed_of(act) for act in version.acts.prefetch_related("into")]


def _effect(entry, fate, mine, user):
    outcome = "retire" if fate.outcome == "stays" else fate.outcome
    into = [mine[theme] for theme in fate.into if theme in mine]
    return Effect(entry, outcome, into, how_many([entry.theme_id]), examples([entry.theme_id], user))


def of_act(entry, user):
    """(number in words, examples) for an act on this theme, with texts that the draft merges into it."""
    version, sources = entry.version, [entry.theme_id]
    if version.based_on_id is not None:
        known = version.based_on.entries.values_list("theme_id", flat=True)
        fates = destinies(known, _deeds(version))
        sources += [theme for theme, fate in fates.items() if entry.theme_id in fate.into and theme != entry.theme_id]
    return how_many(sources), examples(sources, user)
