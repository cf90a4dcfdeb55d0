"""The officers' words as redaction takes them, loaded once for a batch of answers."""

from dataclasses import dataclass, field

from consultation.reading.allow_list import names_in_questions
from consultation.reading.allow_list.models import KnownWords, KnownWordsKind
from consultation.reading.redaction.officer_lists import NO_OFFICER_LISTS, OfficerLists, build_officer_lists
from consultation.responses.models import Answer


@dataclass
class KnownWordsSnapshot:
    everywhere: OfficerLists = NO_OFFICER_LISTS
    public: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by consultation id

    def list_allowed_names(self, answer: Answer) -> tuple[str, ...]:
        """Names that are not personal data in this answer's consultation."""
        version = answer.response.version
        return (*self.public.get(version.page_id, ()), *names_in_questions.names_in_version(version))


def load_known_words() -> KnownWordsSnapshot:
    words: dict[str, list[str]] = {kind: [] for kind in KnownWordsKind.values}
    public: dict[int, tuple[str, ...]] = {}
    for kind, text, page in KnownWords.objects.values_list("kind", "words", "consultation_id"):
        if page is None:
            words[kind].append(text)
        else:
            public[page] = (*public.get(page, ()), text)
    everywhere = build_officer_lists(
        places=words[KnownWordsKind.PLACE], titles=words[KnownWordsKind.TITLE], left_alone=words[KnownWordsKind.PUBLIC]
    )
    return KnownWordsSnapshot(everywhere, public)
