"""The filter of the coding desk: parsed from an address or saved set, applied to a query of texts. It filters by words
and codes, never by anything about the writer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from insights.coding.blind_samples.models import SampledText
from insights.coding.codebooks.coding_backlog import is_awaiting_coder
from insights.coding.confirmation.blind_texts import is_blind, is_in_sample, is_to_read
from insights.coding.models import Code, CodeSource, CodingStatus, NoThemeReason, Stance
from insights.corpus.models import Text

OPEN, SAMPLE, USEFUL, MINE, CODED, ALL = "open", "sample", "useful", "mine", "coded", "all"
SHOW = {
    OPEN: "Not coded yet",
    SAMPLE: "Not coded yet, of the sample",
    USEFUL: "Not coded yet, what teaches the machine most",
    MINE: "Coded by me",
    CODED: "Coded",
    ALL: "All",
}
UNSURE, NONE, UNREAD = "unsure", "none", "unread"
MACHINE = {UNSURE: "The machine is unsure", NONE: "The machine proposes nothing", UNREAD: "The machine cannot read it"}
SURE = 0.5  # below this a proposal is "perhaps"
LONGEST = 80


@dataclass(frozen=True)
class DeskFilter:
    show: str = OPEN
    question: str = ""
    theme: str = ""
    machine: str = ""
    language: str = ""
    stance: str = ""
    memo: str = ""
    nothing: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "DeskFilter":
        """Parse an address, a form or a saved set. Unknown values count as not chosen."""
        found = {one.name: str(given.get(one.name, ""))[:LONGEST].replace("\0", "").strip() for one in fields(cls)}
        allowed = {
            "show": SHOW,
            "machine": MACHINE,
            "stance": Stance.values,
            "nothing": NoThemeReason.values,
            "memo": ("1",),
        }
        for name, values in allowed.items():
            if found[name] not in values:
                found[name] = OPEN if name == "show" else ""
        return cls(**found)

    @property
    def choices(self) -> dict[str, str]:
        """{name: value} of fields that differ from the default."""
        bare = asdict(DeskFilter())
        return {name: value for name, value in asdict(self).items() if value != bare[name]}

    @property
    def query(self) -> str:
        return urlencode(self.choices)

    def address(self, page: str, key: Any, fragment: str | None = None) -> str:
        """Of a page of the desk, which keeps the filter."""
        return reverse(page, args=[key], query=self.choices, fragment=fragment)

    @property
    def is_untouched(self) -> bool:
        return not self.choices

    def filter_texts(self, texts: QuerySet[Text], user: Any) -> QuerySet[Text]:
        """The filtered texts, without those that this person may have to code blind as the second coder. What the machine
        proposes for a blind text of a confirmation sample selects it never."""
        for condition in self._build_conditions(user):
            texts = texts.filter(condition)
        return texts.exclude(pk__in=SampledText.objects.blind_for(user))

    def _build_conditions(self, user: Any) -> list[Any]:
        coded = CodingStatus.objects.filter(text=OuterRef("pk"))
        codes = Code.objects.filter(text=OuterRef("pk"))
        stands = codes.filter(theme__slug=self.theme).filter(Q(source=CodeSource.PERSON) | Q(text__status=None))
        said = codes.filter(source=CodeSource.PERSON, stance=self.stance)  # on the theme that is chosen too, alone
        said = said.filter(theme__slug=self.theme) if self.theme else said
        asked = {
            OPEN: (self.show == OPEN, is_awaiting_coder()),
            SAMPLE: (self.show == SAMPLE, is_to_read()),
            USEFUL: (self.show == USEFUL, Q(status=None, place__unread=False) & ~is_in_sample()),
            CODED: (self.show == CODED, Exists(coded)),
            MINE: (self.show == MINE, Exists(coded.filter(coder=user))),
            "question": (self.question, Q(question=self.question)),
            "language": (self.language, Q(language=self.language)),
            "theme": (self.theme, Exists(stands) & ~is_blind()),
            "stance": (self.stance, Exists(said)),
            "memo": (self.memo, Exists(coded.exclude(memo=""))),
            "nothing": (self.nothing, Exists(coded.filter(nothing=self.nothing))),
            UNSURE: (self.machine == UNSURE, Q(place__sure__gt=0, place__sure__lt=SURE) & ~is_blind()),
            NONE: (self.machine == NONE, Q(place__sure=0, place__unread=False) & ~is_blind()),
            UNREAD: (self.machine == UNREAD, Q(place__unread=True)),
        }
        found = [condition for wanted, condition in asked.values() if wanted]
        return found + [Q(text__icontains=word) for word in self.q.split()]
