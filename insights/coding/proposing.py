"""The engine at work: the model in use reads texts. It is read from its row, not fitted."""

from dataclasses import dataclass

from insights.coding.learning.models import LearnedModel

SOURCE = "en"  # the language of codebooks and of the engine's word groups
KNOWN_ENOUGH = 0.3  # of an answer's words; below it, what is proposed for another language is chance


@dataclass(frozen=True)
class Result:
    proposals: tuple
    polarity: float
    sentiment: str
    readable: bool = True


class Proposer:
    def __init__(self, learned: LearnedModel):
        from insights.coding.engine import ThemeModel

        self.model = ThemeModel.from_bytes(bytes(learned.artefact))

    def read(self, texts):
        """One Result a text: proposals with confidence and the words that caused them, and the sentiment.

        An answer in a language whose words the model does not know gets none of these: it waits for people, and says so.
        """
        from insights.coding.engine import sentiment

        words = [text.text for text in texts]
        found = self.model.propose(words, [text.question for text in texts])
        known = self.model.known(words)
        return [
            Result(tuple(proposals), feeling.polarity, feeling.label if text.language == SOURCE else "")
            if text.language == SOURCE or share >= KNOWN_ENOUGH
            else Result((), 0.0, "", readable=False)
            for text, proposals, share, feeling in zip(texts, found, known, sentiment(words), strict=True)
        ]
