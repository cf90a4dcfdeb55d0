"""The engine at work on a codebook version: fitted in a worker, from the codebook and every confirmed choice."""

from dataclasses import dataclass

from insights.coding.models import Code, CodingStatus

ENGINE = "words-1"


@dataclass(frozen=True)
class Result:
    proposals: tuple
    polarity: float
    sentiment: str


class Proposer:
    def __init__(self, version):
        from insights.coding.engine import ThemeModel

        self.model = ThemeModel.fit(_codebook(version), _examples(version))

    def read(self, texts):
        """One Result a text: proposals with confidence and the words that caused them, and the sentiment."""
        from insights.coding.engine import sentiment

        words = [text.text for text in texts]
        asked = [text.question for text in texts]
        feelings = sentiment(words)
        return [
            Result(tuple(proposals), feeling.polarity, feeling.label)
            for proposals, feeling in zip(self.model.propose(words, asked), feelings, strict=True)
        ]


def _codebook(version):
    return [
        {
            "theme": entry.theme.slug,
            "label": entry.label,
            "definition": entry.definition,
            "include": entry.include,
            "exclude": entry.exclude,
            "examples": entry.examples,
            "keywords": entry.keywords,
        }
        for entry in version.entries.select_related("theme")
    ]


def _examples(version):
    """(text, question id, set of theme slugs) of every text that a person has coded with this codebook."""
    chosen = {}
    statuses = CodingStatus.objects.filter(version__codebook=version.codebook).select_related("text")
    for status in statuses:
        chosen[status.text_id] = (status.text.text, status.text.question, set())
    codes = Code.objects.by_people().filter(text_id__in=list(chosen)).values_list("text_id", "theme__slug")
    for text, slug in codes:
        chosen[text][2].add(slug)
    return list(chosen.values())
