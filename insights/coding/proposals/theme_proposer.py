"""Theme proposals for texts by a stored model. Nothing is fitted here."""

from dataclasses import dataclass

from insights.coding.codebook_in_force import CODEBOOK_LANGUAGE
from insights.coding.learning.models import LearnedModel

KNOWN_ENOUGH = 0.3  # share of a text's words; below it, proposals for another language are chance


@dataclass(frozen=True)
class MachineProposals:
    proposals: tuple
    polarity: float
    sentiment: str
    readable: bool = True


class ThemeProposer:
    def __init__(self, model):
        self.model = model

    @classmethod
    def of(cls, learned: LearnedModel):
        from insights.coding.engine.theme_model import ThemeModel  # numpy and scikit-learn load with it

        return cls(ThemeModel.from_bytes(bytes(learned.artefact)))

    def read(self, texts):
        """One Result a text: proposals with confidence and the words that caused them, and the sentiment.

        A text in a language that the model knows neither by words nor by meaning is marked unreadable: people code it.
        """
        known = self.model.known([text.text for text in texts])
        kinds = [self._choose_method(text, share) for text, share in zip(texts, known, strict=True)]
        found = {}
        for kind, look in (
            ("words", self._propose_by_words),
            ("meaning", self._propose_by_meaning),
            ("people", self._leave_to_people),
        ):
            places = [at for at, one in enumerate(kinds) if one == kind]
            found |= zip(places, look([texts[at] for at in places]) if places else (), strict=True)
        return [found[at] for at in range(len(texts))]

    def _choose_method(self, text, share):
        from insights.coding.engine.meaning_model import LANGUAGES  # numpy loads with it

        if text.language == CODEBOOK_LANGUAGE or share >= KNOWN_ENOUGH:
            return "words"
        return "meaning" if self.model.can_propose_by_meaning and text.language in LANGUAGES else "people"

    def _propose_by_words(self, texts):
        from insights.coding.engine.remembered_rows import remember_rows
        from insights.coding.engine.sentiment_model import english_sentiment  # numpy and scipy load with it

        words = [text.text for text in texts]
        with remember_rows():
            found = self.model.propose_themes(words, [text.question for text in texts], look_twice=True)
            feelings = english_sentiment(words)
        return [
            MachineProposals(
                tuple(proposals), feeling.polarity, feeling.label if text.language == CODEBOOK_LANGUAGE else ""
            )
            for text, proposals, feeling in zip(texts, found, feelings, strict=True)
        ]

    def _propose_by_meaning(self, texts):
        found = self.model.propose_by_meaning([text.text for text in texts])
        return [MachineProposals(tuple(proposals), 0.0, "") for proposals in found]

    def _leave_to_people(self, texts):
        return [MachineProposals((), 0.0, "", readable=False) for _ in texts]
