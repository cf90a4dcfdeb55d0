"""The two-way tables of a release, by the choices of the page: of what, and by which groups."""

from dataclasses import dataclass

from insights.releases.crossed_questions import IN_LARGER_GROUPS, MERGED, question_by_key
from insights.releases.models import Figure, Release
from insights.workspace.release_figures import quoted_title

THEMES = "themes"
TABLES_OF_TWO = {"question-by": "Groups", "themes-with": "Themes by other themes and by answers"}


@dataclass(frozen=True)
class TableChoices:
    """What a release's tables are of, and by what: [(name, title)] each. `groups` are questions about the person, and
    channels; `themes`, where there are any, may also be split by `answers` to other questions and by each other."""

    themes: bool
    questions: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    answers: list[tuple[str, str]]

    def pick(self, what: str, by: str) -> tuple[str, str]:
        """The nearest choice that has a table."""
        if what not in dict(self.questions):
            what = THEMES if self.themes else next(iter(dict(self.questions)), THEMES)
        allowed = dict(self.groups) | ({} if what != THEMES else dict(self.answers) | {THEMES: ""})
        first = next(iter(allowed), "")
        return what, by if by in allowed else first


def list_choices(release: Release) -> TableChoices:
    rows = list(release.figures.values_list("kind", "key", "title"))
    crossed = [key.partition("|") for kind, key, _ in rows if kind == "question-by"]
    by = {facet for facet, _, _ in crossed} | {key for kind, key, _ in rows if kind == "themes-by"}
    asked = {question for _, _, question in crossed}
    return TableChoices(
        themes=any(kind in ("themes-by", "themes-with") for kind, _, _ in rows),
        questions=[(key, title) for kind, key, title in rows if kind == "question" and key in asked],
        groups=[
            group
            for kind, key, title in rows
            if kind in ("about", "channel")
            for group in _list_groups(key, title, by)
        ],
        answers=[(key, quoted_title(title)) for kind, key, title in rows if kind == "themes-by-answer"],
    )


def _list_groups(key: str, title: str, by: set[str]) -> list[tuple[str, str]]:
    """The tables by a question about the person: by its answers, and by its declared larger groups."""
    both = [(key, title), (f"{key}{MERGED}", f"{title}{IN_LARGER_GROUPS}")]
    return [group for group in both if group[0] in by]


def list_earlier_tables(release: Release) -> list[tuple[str, Release]]:
    """(what a release no longer has tables of, the newest published one before it that has them): see
    `policies.may_draw_tables`."""
    has = set(release.figures.values_list("kind", flat=True))
    before = Release.objects.published().filter(consultation=release.consultation_id, number__lt=release.number)
    found = []
    for kind, named in TABLES_OF_TWO.items():
        last = None if kind in has else before.filter(figures__kind=kind).order_by("-number").first()
        if last is not None:
            found.append((named, last))
    return found


def find_table(release: Release, what: str, by: str) -> Figure | None:
    """The figure of a choice that `TableChoices.pick` gave."""
    if what != THEMES:
        return release.figures.filter(kind="question-by", key=question_by_key(by, what)).first()
    if by == THEMES:
        return release.figures.filter(kind="themes-with").first()
    return release.figures.filter(kind__in=("themes-by", "themes-by-answer"), key=by).first()
