"""The trace as a picture: decision, themes, words, question as asked. The list beside it says the same."""

import textwrap
from dataclasses import dataclass

from django.urls import reverse

from consultation import handover

COLUMNS = ((0, 190, "Decision"), (232, 190, "Themes"), (470, 248, "Words"), (754, 300, "Question as asked"))
LINE, PAD, GAP, TOP = 20, 30, 18, 30
LETTERS = {0: 19, 1: 19, 2: 26, 3: 32}
MOST = 60


@dataclass
class Node:
    """One box: `lines` are (text, class); `x`, `y`, `width`, `height` in px of the picture."""

    column: int
    kind: str
    url: str
    lines: list
    y: float = 0

    @property
    def x(self):
        return COLUMNS[self.column][0]

    @property
    def width(self):
        return COLUMNS[self.column][1]

    @property
    def height(self):
        return PAD + LINE * len(self.lines)

    @property
    def middle(self):
        return self.y + self.height / 2

    @property
    def texts(self):
        """(x, y, class, text) of each line."""
        return [(self.x + 14, self.y + 25 + LINE * n, css, text) for n, (text, css) in enumerate(self.lines)]

    @property
    def outline(self):
        """A balloon: the house's lower corner is square at the start, people's at the end."""
        x, y, w, h, r = self.x, self.y, self.width, self.height, 12
        end, start = (0 if self.kind == "v" else r), (0 if self.kind == "d" else r)
        return (
            f"M{x + r} {y}H{x + w - r}a{r} {r} 0 0 1 {r} {r}V{y + h - end}a{end} {end} 0 0 1 -{end} {end}"
            f"H{x + start}a{start} {start} 0 0 1 -{start} -{start}V{y + r}a{r} {r} 0 0 1 {r} -{r}z"
        )


def _wrap(text, column, css, most=2):
    lines = textwrap.wrap(text, LETTERS[column]) or [""]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1].rstrip(".,") + " …"
    return [(line, css) for line in lines]


def draw(decision, evidence):
    """{nodes, edges, heads, height, desc}, or None where there is nothing to draw or too much (then the list stands)."""
    if not evidence or 1 + sum(1 + len(e.words) for e in evidence) > MOST:
        return None
    start = Node(
        0, "d", reverse("insights:decision", args=[decision.slug]),
        _wrap(decision.title, 0, "b") + [(decision.get_outcome_display(), "")],
    )  # fmt: skip
    columns, edges, questions = [[start], [], [], []], [], {}
    for item in evidence:
        theme = _theme_node(item)
        columns[1].append(theme)
        edges.append((start, theme))
        for words in item.words:
            node = _words_node(words)
            columns[2].append(node)
            edges.append((theme, node))
            if words.question:
                asked = questions.setdefault(words.question, _question_node(words.question))
                edges.append((node, asked))
    columns[3] = list(questions.values())
    height = _place(columns)
    return {
        "nodes": [node for column in columns for node in column],
        "edges": [_curve(*edge) for edge in edges],
        "heads": [(x, name) for (x, _, name), column in zip(COLUMNS, columns, strict=True) if column],
        "height": height,
        "desc": _describe(columns),
    }


def _theme_node(item):
    seen, citation = item.citation.seen, item.citation
    people = f"{seen['people']} people" if seen["people"] is not None else "[c]"
    url = reverse("insights:theme", args=[citation.release_id, citation.theme.slug])
    return Node(1, "", url, _wrap(seen["label"], 1, "b") + [(people, "")])


def _words_node(words):
    text = "Words that were taken back" if words.quote.erased else f"“{words.quote.text}”"
    return Node(2, "v", reverse("insights:quote", args=[words.quote.pk]), _wrap(text, 2, "q"))


def _question_node(question):
    slug = handover.consultation_of(question.consultation_id).slug
    url = reverse("insights:question", args=[slug, question.id])
    lines = _wrap(f"{question.number}. {question.text}", 3, "b", 3)
    return Node(3, "", url, lines + [(f"{question.consultation}, version {question.version}", "")])


def _place(columns):
    heights = [sum(node.height + GAP for node in column) - GAP for column in columns]
    tallest = max(heights)
    for column, height in zip(columns, heights, strict=True):
        y = TOP + (tallest - height) / 2
        for node in column:
            node.y = y
            y += node.height + GAP
    return TOP + tallest + 10


def _curve(one, other):
    x1, x2 = one.x + one.width, other.x
    half = (x1 + x2) / 2
    return f"M{x1} {one.middle}C{half} {one.middle} {half} {other.middle} {x2} {other.middle}"


def _describe(columns):
    themes, words, questions = (len(column) for column in columns[1:])
    return (
        f"The decision rests on {themes} {'theme' if themes == 1 else 'themes'}, with {words} pieces of people's "
        f"words, in answer to {questions} {'question' if questions == 1 else 'questions'}. The list below says the same."
    )
