"""Queries and rows for the pages of codebooks, the differences between two versions in sentences, and what a
draft changes in texts that people coded."""

from dataclasses import dataclass

from consultation import handover
from consultation.domain import strategy_points
from consultation.domain.place_types import name_place_types
from insights.coding.blind_samples.models import SampledText
from insights.coding.codebooks import theme_entry_rows
from insights.coding.codebooks.actions import open_draft_of
from insights.coding.codebooks.coding_backlog import texts_asked_again
from insights.coding.codebooks.models import Recoding
from insights.coding.codebooks.theme_history import CARRIED_OUT, last_entry_of, plain_act_of
from insights.coding.codebooks.theme_succession import trace_successions
from insights.coding.counted_codes import name_amount
from insights.coding.models import Code, Codebook, CodebookVersion, CodeSource, ThemeEntry
from insights.coding.theme_hierarchy import nest_sub_themes
from insights.corpus.models import Text

FIELD_PHRASES = {
    "label": "its name",
    "family": "its family",
    "parent": "the theme that it is a sub-theme of",
    "definition": "the definition",
    "include": "what is in",
    "exclude": "what is out",
    "gravity": "how grave it is",
    "online": "whether it is about on-line activity",
    "place_types": "the types of place that it is about",
}
EXAMPLES = 3


def list_codebooks():
    """(rows of codebooks with version in force, draft and consultations; [(unknown slug, consultations)])."""
    named = {}
    for page in handover.list_consultations():
        named.setdefault(page.codebook, []).append(page)
    found = [
        {"book": book, "current": book.current, "draft": open_draft_of(book), "used_by": named.pop(book.slug, [])}
        for book in Codebook.objects.order_by("name", "pk")
    ]
    return found, sorted(named.items())


def consultations_using(book):
    return [page for page in handover.list_consultations() if page.codebook == book.slug]


def group_entries_by_family(version):
    """[(family, entries)] in the version's order, sub-themes after their theme."""
    families = {}
    for entry, _ in nest_sub_themes(version.entries.select_related("theme")):
        families.setdefault(entry.family, []).append(entry)
    return list(families.items())


def entries_in_order(version):
    return [entry for _, entries in group_entries_by_family(version) for entry in entries]


def list_families(version):
    return [family for family, _ in group_entries_by_family(version) if family]


def compare_versions(version, other):
    """Differences of `version` from `other` in words, without acts."""
    return find_theme_differences(_rows_by_theme(other), _rows_by_theme(version))


def _rows_by_theme(version):
    return {entry.theme_id: theme_entry_rows.row_of_entry(entry) for entry in version.entries.all()} if version else {}


def compare_with_file_rows(version, themes):
    """Differences of file rows, not saved yet, from `version`."""
    known = dict(version.codebook.themes.values_list("pk", "slug")) if version else {}
    before = {known[pk]: row for pk, row in _rows_by_theme(version).items()}
    return find_theme_differences(
        before, {row["slug"]: {name: row[name] for name in theme_entry_rows.FIELDS} for row in themes}
    )


def list_theme_acts(version):
    """The acts of a version, each with its theme's former label and the labels of the themes it went into."""
    found, entries = [], list(version.entries.all())
    mine = {entry.theme_id: entry.label for entry in entries}
    families = {entry.theme_id: entry.family for entry in entries}
    for act in version.acts.select_related("theme", "by").prefetch_related("into"):
        into = [mine.get(theme.pk) or _last_known_label(theme) for theme in act.into.all()]
        was = act.before.get("entry", act.before).get("label")
        label = was or mine.get(act.theme_id) or _last_known_label(act.theme)
        found.append({"act": act, "label": label, "into": into, "family": families.get(act.theme_id, "")})
    return found


def _last_known_label(theme):
    if entry := ThemeEntry.objects.filter(theme=theme).order_by("-version__number").first():
        return entry.label
    act = theme.acts.exclude(before={}).order_by("-pk").first()
    return act.before.get("entry", {}).get("label", theme.slug) if act else theme.slug


def describe_strategy_links(entry):
    points, numbers = strategy_points.text_by_sub_point(), strategy_points.strand_by_sub_point()
    slugs = [link["sub_point"] for link in entry.links]
    return [(numbers.get(slug, ""), points.get(slug, slug)) for slug in slugs]


def list_theme_life(theme):
    """Each version that had the theme, newest first, with the acts on it."""
    known = {
        entry.version_id: entry
        for entry in ThemeEntry.objects.filter(theme=theme, version__status__in=CARRIED_OUT).select_related("version")
    }
    versions = CodebookVersion.objects.filter(codebook=theme.codebook_id, status__in=CARRIED_OUT).order_by("-number")
    found = []
    for version in versions:
        mine = [
            each
            for each in list_theme_acts(version)
            if theme.pk in (each["act"].theme_id, *(heir.pk for heir in each["act"].into.all()))
        ]
        if version.pk in known or mine:
            found.append({"version": version, "entry": known.get(version.pk), "acts": mine})
    return found


def summarise_recodings(version):
    """[{label, kind, into, many}]: people's codes that this version recoded, by theme, with amounts in words."""
    labels = {entry.theme_id: entry.label for entry in version.entries.all()}
    found = {}
    for theme, kind, became in Recoding.objects.filter(version=version).values_list("theme", "kind", "became"):
        found.setdefault((theme, kind, tuple(became)), []).append(theme)
    return [
        {
            "label": entry.label if (entry := last_entry_of(theme, version.number)) else "",
            "kind": kind,
            "into": [labels.get(each, "") for each in became],
            "many": f"{name_amount(len(codes))} answers",
        }
        for (theme, kind, became), codes in found.items()
    ]


def consultations_asked_again(book):
    """[(consultation, amount in words)] of texts that are asked about again after a theme was split."""
    found = []
    for page in consultations_using(book):
        texts = texts_asked_again(Text.objects.of(page))
        if texts.exists():
            found.append((page, f"{name_amount(texts.count())} answers"))
    return found


@dataclass(frozen=True)
class ThemeFieldChange:
    """One changed field: a sentence, and the text before and after where that helps."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ThemeDifference:
    """Differences of one theme. `kind`: added, gone or changed."""

    kind: str
    label: str
    changes: tuple[ThemeFieldChange, ...] = ()


def find_theme_differences(before, after):
    """`before` and `after`: {theme: row}. In the order of `after`; removed themes come last."""
    found = [_compare_theme(before.get(theme), row) for theme, row in after.items()]
    gone = [ThemeDifference("gone", row["label"]) for theme, row in before.items() if theme not in after]
    return [each for each in found if each] + gone


def _compare_theme(before, after):
    if before is None:
        return ThemeDifference("added", after["label"])
    changes = tuple(
        change for name in theme_entry_rows.FIELDS for change in _list_field_changes(name, before[name], after[name])
    )
    return ThemeDifference("changed", after["label"], changes) if changes else None


def _list_field_changes(name, before, after):
    if before == after:
        return
    if name in theme_entry_rows.LISTS:
        yield from _describe_list_changes(name, before, after)
    elif name == "links":
        yield from _describe_link_changes(before, after)
    else:
        yield ThemeFieldChange(
            f"Changed {FIELD_PHRASES[name]}.", _format_value(name, before), _format_value(name, after)
        )


def _format_value(name, value):
    if name == "gravity":
        return str(theme_entry_rows.GRAVITY.get(value, value))
    if name == "online":
        return "Yes" if value else "No"
    if name == "place_types":
        return ", ".join(name_place_types(value)) or "(none)"
    return value or "(nothing)"


def _describe_list_changes(name, before, after):
    one = {"examples": "Example phrase", "keywords": "Keyword"}[name]
    new, gone = [item for item in after if item not in before], [item for item in before if item not in after]
    if new:
        yield ThemeFieldChange(f"{one}{'s' if len(new) > 1 else ''} added: {_quote_items(new)}.")
    if gone:
        yield ThemeFieldChange(f"{one}{'s' if len(gone) > 1 else ''} taken out: {_quote_items(gone)}.")
    if not new and not gone:
        yield ThemeFieldChange(f"The {name} stand in another order.")


def _describe_link_changes(before, after):
    points = strategy_points.text_by_sub_point()
    old, new = ([link["sub_point"] for link in links] for links in (before, after))
    added, gone = [slug for slug in new if slug not in old], [slug for slug in old if slug not in new]
    if added:
        yield ThemeFieldChange(
            f"Answers to more of the strategy: {_quote_items(points.get(slug, slug) for slug in added)}."
        )
    if gone:
        yield ThemeFieldChange(f"No longer answers to: {_quote_items(points.get(slug, slug) for slug in gone)}.")


def _quote_items(items):
    return ", ".join(f"“{item}”" for item in items)


def texts_coded_by_people(themes):
    return Text.objects.filter(
        pk__in=Code.objects.filter(source=CodeSource.PERSON, theme__in=themes).values("text_id")
    )


def coded_answers_in_words(themes):
    return f"{name_amount(texts_coded_by_people(themes).count())} answers"


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
    """(amount in words, examples) for an act on this theme, with texts that the draft merges into it."""
    version, sources = entry.version, [entry.theme_id]
    if version.based_on_id is not None:
        known = version.based_on.entries.values_list("theme_id", flat=True)
        fates = trace_successions(known, _plain_acts_of(version))
        sources += [theme for theme, fate in fates.items() if entry.theme_id in fate.into and theme != entry.theme_id]
    return coded_answers_in_words(sources), pick_example_texts(sources, user)
