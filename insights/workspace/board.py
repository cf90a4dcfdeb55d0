"""What the planners' pages put together from releases and decisions."""

from django.urls import reverse

from insights.decisions import trace
from insights.decisions.models import Citation
from insights.reports import coded
from insights.reports.models import Quote, Release
from insights.reports.voices import policies
from insights.reports.voices.models import MinorityVoice

SORTS = {
    "people": lambda row: (-(row["value"] or 0), row["label"]),
    "grave": lambda row: (-row["gravity"], -(row["value"] or 0), row["label"]),
    "unanswered": lambda row: (row["answer"]["icon"] != "clock", -(row["value"] or 0), row["label"]),
}
GRAVE = policies.GRAVE
WAITS = {"icon": "clock", "word": "Waits", "late": False}


def newest_releases():
    """The newest published release of each consultation, newest first."""
    newest = {}
    for release in Release.objects.published().select_related("consultation").order_by("-published_on", "-number"):
        newest.setdefault(release.consultation_id, release)
    return list(newest.values())


def theme_rows(release, sort="people"):
    """Rows for `theme_bars`: figure, gravity, a link to the words, and how the theme was answered."""
    figure = release.figures.filter(kind="themes", key="all").first()
    if figure is None or "refused" in figure.table:
        return []
    entries = {str(e.theme_id): e for e in release.codebook_version.entries.select_related("theme")}
    answers = _answers(release)
    rows = [_theme_row(release, row, entries[row["id"]], answers) for row in figure.table["rows"]]
    return sorted(rows, key=SORTS.get(sort, SORTS["people"]))


def shown_and_hidden(rows, sort="people"):
    """Themes for the chart, in their order; and the rest of those whose number is hidden. None is ranked away.

    By gravity, the ones that weigh much stand in the chart with their hidden number: whether few spoke of a theme or
    nobody, it looks the same.
    """
    grave = sort == "grave"
    apart = [row for row in rows if row["value"] is None and not (grave and row["gravity"] >= GRAVE)]
    there = [row for row in rows if row not in apart]
    return there, sorted(apart, key=SORTS["grave"])


def _theme_row(release, row, entry, answers):
    url = reverse("insights:theme", args=[release.pk, entry.theme.slug])
    return row | {"gravity": entry.gravity, "url": url, "answer": answers.get(entry.theme_id, WAITS), "entry": entry}


def _answers(release):
    """{theme id: the newest decision that cites it} for one consultation."""
    citations = Citation.objects.filter(release__consultation=release.consultation).select_related("decision")
    found = {}
    for citation in citations.order_by("decision__decided", "pk"):
        decision = citation.decision
        found[citation.theme_id] = {
            "icon": f"outcome-{decision.outcome}",
            "word": decision.get_outcome_display(),
            "late": decision.is_late,
        }
    return found


def themes_without_a_decision(releases):
    """Themes that people spoke about, in the newest releases, and no decision cites: most people first."""
    waiting = []
    for release in releases:
        rows = theme_rows(release)
        waiting += [row | {"release": release} for row in rows if row["answer"] is WAITS and row["value"]]
    return sorted(waiting, key=lambda row: -row["value"])[:8]


def featured_quotes(release, user):
    """One featured quote of each of the three most spoken-of themes, with the theme's label."""
    quotes = []
    for row in theme_rows(release)[:3]:
        found = Quote.objects.filter(release=release, theme=row["entry"].theme, featured=True, erased=False)
        quote = found.seen_by(user).first()
        if quote is not None:
            quotes.append((quote, row["label"]))
    return quotes


def theme_figure(release, theme_id):
    """The theme's row in the release, with its base; None when the release has no figure of themes."""
    figure = release.figures.filter(kind="themes", key="all").first()
    rows = figure.table["rows"] if figure else []
    return next((row | {"base": figure.table["base"]} for row in rows if row["id"] == str(theme_id)), None)


def theme_splits(release, theme_id):
    """The theme by each facet: caption and rows for `bars_chart`, percent of the people of each band."""
    splits = []
    for figure in release.figures.filter(kind="themes-by"):
        row = next((row for row in figure.table["rows"] if row["id"] == str(theme_id)), None)
        if row is not None:
            cells = zip(figure.table["columns"], row["cells"], strict=True)
            rows = [{"label": column["label"], "low": None, "high": None} | cell for column, cell in cells]
            splits.append({"title": figure.title, "rows": rows})
    return splits


def questions_of(quotes):
    """The questions, as asked, that these quotes answer."""
    pairs = list(quotes.order_by().values_list("version_id", "question").distinct())
    one_of_each = (quotes.filter(version=version).order_by("pk") for version in {version for version, _ in pairs})
    versions = {
        quote.version_id: quote.version for found in one_of_each for quote in found.select_related("version__page")[:1]
    }
    return [asked for version, question in pairs if (asked := trace.asked(versions[version], question))]


def coding_facts(release):
    """How the texts were coded, as it was when the release was made."""
    return release.coding or coded.facts(release.consultation)


def voices(release, theme=None):
    """[(entry, voice)]: what few people said that weighs much, as two people approved it; the gravest first."""
    found = {voice.theme_id: voice for voice in MinorityVoice.objects.of(release).shown()}
    entries = release.codebook_version.entries.filter(theme__in=[theme] if theme else list(found)).select_related(
        "theme"
    )
    rows = [(entry, found[entry.theme_id]) for entry in entries if entry.theme_id in found]
    return sorted(rows, key=lambda row: (-row[0].gravity, row[0].label))


EVERYWHERE = {
    "people": lambda row: (-_most(row), row["entry"].label),
    "grave": lambda row: (-row["entry"].gravity, -_most(row), row["entry"].label),
}


def _most(row):
    return max((place["value"] or 0 for place in row["places"]), default=0)


def themes_everywhere(sort="grave"):
    """Each theme over the newest release of every consultation: where it was spoken of, and its decisions.

    A theme that weighs much is in the list though every number is hidden, and looks the same if nobody spoke of it.
    """
    found = {}
    for release in newest_releases():
        few = {voice.theme_id for _, voice in voices(release)}
        for row in theme_rows(release):
            if row["value"] or row["gravity"] >= GRAVE:
                place = {"release": release, "value": row["value"], "percent": row["percent"], "url": row["url"]}
                place["few"] = row["entry"].theme_id in few
                found.setdefault(row["entry"].theme_id, {"entry": row["entry"], "places": []})["places"].append(place)
    decided = _decision_counts()
    rows = [row | {"decisions": decided.get(theme, [])} for theme, row in found.items()]
    return sorted(rows, key=EVERYWHERE.get(sort, EVERYWHERE["grave"]))


def _decision_counts():
    found = {}
    for citation in Citation.objects.select_related("decision").order_by("pk"):
        titles = found.setdefault(citation.theme_id, [])
        if citation.decision not in titles:
            titles.append(citation.decision)
    return found
