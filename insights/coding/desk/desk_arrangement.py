"""The sweep that gives each text its place in the desk line. It runs in a worker; the desk only queries places."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from consultation import handover
from consultation.surveys.questionnaire_schema import Questionnaire
from insights.coding.codebook_in_force import codebook_version
from insights.coding.desk import desk_sort_keys
from insights.coding.desk.models import DeskPlace
from insights.coding.models import Code
from insights.corpus.models import Text

BATCH = 500
# Languages in which the machine proposes themes. People code texts in other languages.
MACHINE_READS = frozenset({"en"})


def arrange_desk() -> int:
    """Sweep: place texts without a place, and texts whose proposals have changed. Returns how many."""
    return sum(_arrange_consultation(consultation) for consultation in handover.list_consultations())


def _arrange_consultation(consultation: Any) -> int:
    texts = Text.objects.of(consultation)
    upto = DeskPlace.objects.filter(consultation=consultation).aggregate(last=Max("upto"))["last"] or 0
    proposals = Code.objects.proposals().filter(text=OuterRef("pk"))
    new = Q(place=None) | Q(place__looked=False, machine__isnull=False)
    # Asked of each text: codes of all consultations after `upto` are nearly all codes, where this one has long ended.
    changed = Exists(proposals.filter(pk__gt=upto)) | (Q(place__lead__isnull=False) & ~Exists(proposals))
    waiting = list(texts.filter(new | changed).order_by("pk").values_list("pk", flat=True))
    if not waiting:
        return 0
    placing = _DeskPlacer(consultation)
    for start in range(0, len(waiting), BATCH):
        placing.place_texts(waiting[start : start + BATCH])
    return len(waiting)


class _DeskPlacer:
    """Makes places with the theme ranks and word frequencies of one consultation, looked up once."""

    def __init__(self, consultation: Any) -> None:
        self.consultation = consultation
        self.questions: dict[str, int] = {}  # {question id: its number in the newest version that asks it}
        for asking in handover.list_versions(consultation):
            questionnaire = Questionnaire(asking.content)
            items = [*questionnaire.items, *questionnaire.texts]
            self.questions |= {item["id"]: number for number, item in enumerate(items, start=1)}
        version = codebook_version(consultation)
        entries = version.entries.order_by("label", "pk").values_list("theme_id", flat=True) if version else []
        self.ranks = {theme: rank for rank, theme in enumerate(entries, start=1)}
        said = defaultdict(list)
        for question, text in Text.objects.of(consultation).order_by().values_list("question", "text").iterator():
            said[question].append(text)
        self.frequency = {question: desk_sort_keys.count_texts_by_word(texts) for question, texts in said.items()}

    @transaction.atomic
    def place_texts(self, ids: list[Any]) -> None:
        proposed = defaultdict(list)
        for code in Code.objects.proposals().filter(text__in=ids, theme__in=list(self.ranks)):
            proposed[code.text_id].append(code)
        for codes in proposed.values():
            codes.sort(key=lambda code: (-(code.confidence or 0), code.theme_id))
        texts = list(Text.objects.filter(pk__in=ids).select_related("machine"))  # some may have been withdrawn
        DeskPlace.objects.bulk_create(
            [self._build_desk_place(text, proposed[text.pk]) for text in texts],
            update_conflicts=True,
            unique_fields=["text"],
            update_fields=["consultation", "key", "lead", "sure", "unread", "looked", "upto"],
        )

    def _build_desk_place(self, text: Text, codes: list[Code]) -> DeskPlace:
        # The machine's own record once it has processed the text; by language before.
        looked = hasattr(text, "machine")
        readable = text.machine.readable if looked else text.language in MACHINE_READS
        return DeskPlace(
            text=text,
            consultation=self.consultation,
            lead_id=codes[0].theme_id if codes else None,
            sure=codes[0].confidence or 0 if codes else 0,
            unread=not codes and not readable,
            looked=looked,
            upto=max((code.pk for code in codes), default=0),
            key=desk_sort_keys.build_sort_key(
                question=self.questions.get(text.question, desk_sort_keys.LAST),
                themes=[self.ranks[code.theme_id] for code in codes],
                because=[phrase for code in codes for phrase in code.because],
                text=text.text,
                frequency=self.frequency.get(text.question, {}),
                end=text.pk.hex,
            ),
        )
