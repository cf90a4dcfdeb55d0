"""Queries for texts that no theme fits, and rows of suggestions for pages."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.text import capfirst

from insights.coding.blind_samples.models import SampledText
from insights.coding.codebook_in_force import codebook_version, question_texts
from insights.coding.confirmation.blind_texts import blind_texts
from insights.coding.discovery import policies
from insights.coding.discovery.models import READ_BY_ENGINE, DiscoveryRun, Placement, Suggestion, SuggestionState
from insights.coding.models import Code, CodebookVersionStatus, CodeSource, NoThemeReason
from insights.corpus.models import Text

POOR = 0.5  # a proposal below this confidence does not count as a fit
SHOWN = 5
ORDER = {state: place for place, state in enumerate(SuggestionState.values)}


def missed_texts(consultation):
    """Texts that no theme fits: people gave none, and the machine proposes none that is likely.

    Left out: texts coded as "no reason given", and texts with an open question about a split theme.
    """
    codes = Code.objects.filter(text=OuterRef("pk"))
    likely = codes.proposals().filter(confidence__gte=POOR)
    looked = Q(status__isnull=False) | ~Exists(likely)
    themed = codes.filter(source__in=(CodeSource.PERSON, CodeSource.RULE))
    unsaid = Q(status__nothing=NoThemeReason.NO_REASON)
    return Text.objects.of(consultation).filter(looked).exclude(Exists(themed)).exclude(unsaid)


def is_awaiting_proposals(consultation):
    """Whether some texts await machine proposals; until then the missed texts are not known."""
    waiting = Text.objects.of(consultation).filter(machine__isnull=True, status__isnull=True)
    return codebook_version(consultation) is not None and waiting.exists()


def missed_texts_in_known_languages(consultation):
    """Missed texts in languages that the engine knows."""
    return missed_texts(consultation).filter(language__in=READ_BY_ENGINE)


def missed_texts_in_unknown_languages(consultation):
    """Missed texts in languages that the engine does not know."""
    return missed_texts(consultation).exclude(language__in=READ_BY_ENGINE)


def count_people(texts):
    return texts.aggregate(people=Count("respondent", distinct=True))["people"]


def list_suggestion_rows(consultation, states):
    """Rows of suggestions in these states, ordered by state, then the largest first."""
    found = Suggestion.objects.of(consultation).filter(state__in=states)
    found = found.select_related("into", "entry__version", "theme", "decided_by").prefetch_related("merged")
    sizes, everyone = _people_by_suggestion(consultation), count_people(missed_texts(consultation))
    labels = theme_labels_in_force(consultation)
    shown = [SuggestionRow(one, sizes[one.pk], everyone, labels) for one in found]
    return sorted(shown, key=lambda row: (ORDER[row.suggestion.state], -row.people, row.suggestion.pk))


def build_suggestion_row(suggestion):
    people = count_people(Text.objects.filter(placement__in=suggestion.placements_with_merged))
    everyone = count_people(missed_texts(suggestion.consultation))
    return SuggestionRow(suggestion, people, everyone, theme_labels_in_force(suggestion.consultation))


def _people_by_suggestion(consultation):
    """{suggestion id: number of people}, each person once also across merged suggestions."""
    placed = Placement.objects.filter(suggestion__consultation=consultation).order_by()
    own = placed.values_list("suggestion").annotate(people=Count("text__respondent", distinct=True))
    sizes = defaultdict(int, own)
    for one in Suggestion.objects.of(consultation).filter(merged__isnull=False).distinct():
        sizes[one.pk] = count_people(Text.objects.filter(placement__in=one.placements_with_merged))
    return sizes


def theme_labels_in_force(consultation):
    """{theme id: label} in the codebook version in force."""
    version = codebook_version(consultation)
    return dict(version.entries.values_list("theme_id", "label")) if version else {}


class SuggestionRow:
    """A suggestion with its words for a page."""

    def __init__(self, suggestion, people, everyone, labels):
        self.suggestion, self.people, self.labels = suggestion, people, labels
        self.name = capfirst(str(suggestion))
        self.size = policies.size_in_words(people, everyone)

    @property
    def close(self):
        """[(label, share in words)] of the themes most frequent among similar texts."""
        said = [
            (self.labels.get(one["theme"]), policies.share_in_words(one["share"])) for one in self.suggestion.overlap
        ]
        return [(label, share) for label, share in said if label and share]

    @property
    def in_force(self):
        return is_in_force(self.suggestion)

    @property
    def set_aside(self):
        entry = self.suggestion.entry
        return entry is not None and entry.version.status == CodebookVersionStatus.SET_ASIDE


def is_in_force(suggestion):
    """Whether the theme made from it was approved; from then on it is changed in the codebook alone."""
    unapproved = (CodebookVersionStatus.DRAFT, CodebookVersionStatus.SET_ASIDE)
    return suggestion.entry is not None and suggestion.entry.version.status not in unapproved


def typical_and_atypical_texts(suggestion, user):
    """[typical, atypical], each a list of (text, question). Without texts that this person may have to code blind:
    their presence would reveal that the first coder gave no theme, or that the machine has none."""
    placements = suggestion.placements_with_merged.select_related("text")
    for blind in (SampledText.objects.blind_for(user), blind_texts().values("pk")):
        placements = placements.exclude(text__in=blind)
    asked = question_texts(suggestion.consultation)
    typical = list(placements.order_by("-near", "pk")[:SHOWN])
    rest = placements.exclude(pk__in=[one.pk for one in typical])
    atypical = list(rest.order_by("near", "pk")[:SHOWN])
    return [[(one.text, asked.get(one.text.question, "")) for one in some] for some in (typical, atypical)]


def last_discovery_run(consultation):
    return DiscoveryRun.objects.of(consultation).filter(splits=None).select_related("asked_by").last()


def build_discovery_summary(consultation):
    run = last_discovery_run(consultation)
    return {
        "consultation": consultation,
        "run": run,
        "open": Suggestion.objects.of(consultation).open().exists(),
        "some": Text.objects.of(consultation).exists(),
    }
