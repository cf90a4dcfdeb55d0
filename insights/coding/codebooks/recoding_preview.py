"""Preview of a draft's effect on texts that people coded: rounded numbers in words and a few examples."""

from insights.coding.blind_samples.models import SampledText
from insights.coding.codebooks.theme_history import plain_act_of
from insights.coding.codebooks.theme_succession import trace_successions
from insights.coding.models import Code, CodeSource
from insights.corpus.models import Text

EXAMPLES, FEW = 3, 10


def answers_in_words(number):
    """A number of answers rounded to 5, and never a number under 10."""
    return "fewer than 10 answers" if number < FEW else f"about {5 * round(number / 5)} answers"


def texts_coded_by_people(themes):
    return Text.objects.filter(
        pk__in=Code.objects.filter(source=CodeSource.PERSON, theme__in=themes).values("text_id")
    )


def coded_answers_in_words(themes):
    return answers_in_words(texts_coded_by_people(themes).count())


def pick_example_texts(themes, user):
    """A few quotable texts (R4) in the order of random ids, without texts that this person may have to code blind."""
    found = texts_coded_by_people(themes).exclude(pk__in=SampledText.objects.blind_for(user))
    return list(found.quotable().order_by("pk")[:EXAMPLES])


def preview_effects(version, user):
    """[{entry, outcome, into, many, examples}] for each theme of the version in force that this draft merges, splits,
    retires or leaves out, with the texts that people coded with it."""
    if version.based_on_id is None:
        return []
    before = list(version.based_on.entries.select_related("theme"))
    mine = {entry.theme_id: entry for entry in version.entries.select_related("theme")}
    fates = trace_successions([entry.theme_id for entry in before], _plain_acts_of(version))
    return [
        {
            "entry": entry,
            "outcome": "retire" if fates[entry.theme_id].outcome == "stays" else fates[entry.theme_id].outcome,
            "into": [mine[theme] for theme in fates[entry.theme_id].into if theme in mine],
            "many": coded_answers_in_words([entry.theme_id]),
            "examples": pick_example_texts([entry.theme_id], user),
        }
        for entry in before
        if entry.theme_id not in mine
    ]


def _plain_acts_of(version):
    return [plain_act_of(act) for act in version.acts.prefetch_related("into")]


def preview_theme_act(entry, user):
    """(number in words, examples) for an act on this theme, with texts that the draft merges into it."""
    version, sources = entry.version, [entry.theme_id]
    if version.based_on_id is not None:
        known = version.based_on.entries.values_list("theme_id", flat=True)
        fates = trace_successions(known, _plain_acts_of(version))
        sources += [theme for theme, fate in fates.items() if entry.theme_id in fate.into and theme != entry.theme_id]
    return coded_answers_in_words(sources), pick_example_texts(sources, user)
