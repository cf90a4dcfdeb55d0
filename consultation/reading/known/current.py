"""The officers' words as redaction takes them, loaded once for a batch of answers."""

from dataclasses import dataclass, field

from consultation.reading.known import asked_about
from consultation.reading.known.models import Kind, KnownWords
from consultation.reading.redaction.local import NOTHING, Local, local
from consultation.responses.models import Answer


@dataclass
class Current:
    everywhere: Local = NOTHING
    public: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by consultation id

    def allowed(self, answer: Answer) -> tuple[str, ...]:
        """Names that are not personal data in this answer's consultation."""
        version = answer.response.version
        return (*self.public.get(version.page_id, ()), *asked_about.of_version(version))


def current() -> Current:
    words: dict[str, list[str]] = {kind: [] for kind in Kind.values}
    public: dict[int, tuple[str, ...]] = {}
    for kind, text, page in KnownWords.objects.values_list("kind", "words", "consultation_id"):
        if page is None:
            words[kind].append(text)
        else:
            public[page] = (*public.get(page, ()), text)
    everywhere = local(places=words[Kind.PLACE], titles=words[Kind.TITLE], left_alone=words[Kind.PUBLIC])
    return Current(everywhere, public)
