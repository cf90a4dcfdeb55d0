"""How much of a confirmation sample is read, and which samples can be drawn: rows for the pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from insights.coding.blind_samples.models import SampledText
from insights.coding.codebook_in_force import codebook_version, question_texts
from insights.coding.confirmation.blind_texts import is_blind, is_to_read
from insights.coding.confirmation.models import ConfirmationRound
from insights.coding.confirmation.sample_size import (
    LEAST,
    LEAST_CONFIRMED,
    SampleOffer,
    offer_sample_sizes,
    reading_time_in_words,
)
from insights.coding.counted_codes import codes_of_people_by_theme, is_asked_again
from insights.coding.models import Code, CodingManner, CodingStatus, ThemeEntry
from insights.corpus.models import Text

READ = Count("status", filter=Q(status__manner=CodingManner.BLIND, asked=False))  # without the machine


@dataclass(frozen=True)
class ReadingProgress:
    read: int
    total: int
    question: str = ""
    words: str = ""  # as it is asked

    @property
    def is_done(self) -> bool:
        return self.read == self.total

    @property
    def time_left(self) -> str:
        return reading_time_in_words(self.total - self.read)


def sample_progress(consultation: Any) -> ReadingProgress | None:
    """How many answers of the sample a person has coded without the machine; None where none was drawn."""
    sampled = ConfirmationRound.objects.sampled_texts(consultation).annotate(asked=is_asked_again())
    found = sampled.aggregate(total=Count("pk"), read=READ)
    return ReadingProgress(found["read"], found["total"]) if found["total"] else None


def progress_by_question(consultation: Any) -> list[ReadingProgress]:
    """A row for each question, in the order in which they are asked."""
    sampled = ConfirmationRound.objects.sampled_texts(consultation).annotate(asked=is_asked_again()).order_by()
    rows = sampled.values("question").annotate(total=Count("pk"), read=READ)
    found = {row["question"]: row for row in rows}
    asked = {question: words for question, words in question_texts(consultation).items() if question in found}
    order = dict.fromkeys([*asked, *sorted(found)])
    return [ReadingProgress(found[one]["read"], found[one]["total"], one, asked.get(one, "")) for one in order]


def has_text_to_read(consultation: Any, user: Any) -> bool:
    """Whether this person may read one: who may have to code an answer blind as the second coder does not."""
    unread = ConfirmationRound.objects.sampled_texts(consultation).filter(is_to_read())
    return unread.exclude(pk__in=SampledText.objects.blind_for(user)).exists()


@dataclass(frozen=True)
class ThemeToConfirm:
    label: str
    slug: str
    proposals: int  # of the machine, in answers that nobody has read and that are in no sample


def list_themes_to_confirm(consultation: Any) -> list[ThemeToConfirm]:
    """Themes that the next release would show without a number, because it was found in too few people’s answers, though
    the machine proposes them for some; most proposals first. Newer themes need more than that."""
    version, texts = codebook_version(consultation), Text.objects.of(consultation)
    if version is None:
        return []
    unread = texts.filter(status=None).exclude(is_blind())
    found, newer = codes_of_people_by_theme(consultation), set(list_newer_themes(consultation))
    codes = Code.objects.proposals().filter(text__in=unread).order_by()
    proposed = dict(codes.values_list("theme").annotate(Count("text", distinct=True)))
    rows = [
        ThemeToConfirm(entry.label, entry.theme.slug, proposed[entry.theme_id])
        for entry in version.entries.select_related("theme")
        if entry.theme_id in proposed
        and entry.label not in newer
        and len(set(found.get(entry.theme_id, {}).values())) < LEAST_CONFIRMED
    ]
    return sorted(rows, key=lambda row: (-row.proposals, row.label))


def offer_samples(consultation: Any) -> list[SampleOffer]:
    """Sizes to draw, wider than what is drawn already."""
    texts = Text.objects.of(consultation)
    people, drawn = _count_people(texts), _count_people(ConfirmationRound.objects.sampled_texts(consultation))
    outside = texts.filter(draw__gte=ConfirmationRound.objects.find_limit(consultation))
    return offer_sample_sizes(people, outside.count(), drawn)


def list_newer_themes(consultation: Any) -> list[str]:
    """Labels of themes that the codebook got after some of the sample was read: nobody looked for them there, so they have
    no number."""
    version, sampled = codebook_version(consultation), ConfirmationRound.objects.sampled_texts(consultation)
    used = set(CodingStatus.objects.filter(text__in=sampled).order_by().values_list("version", flat=True).distinct())
    if version is None or used <= {version.pk}:
        return []
    entries = ThemeEntry.objects.filter(version__in=used).order_by().values("theme")
    known = entries.annotate(versions=Count("version", distinct=True)).filter(versions=len(used))
    return list(
        version.entries.exclude(theme__in=known.values("theme")).order_by("label").values_list("label", flat=True)
    )


def are_too_few_for_numbers(consultation: Any) -> bool:
    """Whether so few people have words that a release gives no theme a number, however much of them is read."""
    return _count_people(Text.objects.of(consultation)) < LEAST


def have_people_joined(consultation: Any, newest: ConfirmationRound) -> bool:
    """Whether people belong to the sample who answered after its newest round."""
    return _count_people(ConfirmationRound.objects.sampled_texts(consultation)) > newest.size


def _count_people(texts: Any) -> int:
    return int(texts.aggregate(people=Count("respondent", distinct=True))["people"])
