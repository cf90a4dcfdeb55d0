"""Minority voices: one person writes the summary, two others approve it, and anyone who may approve can stop it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_at_day_end
from insights.coding.counted_codes import codes_of_people_by_theme
from insights.coding.models import Theme, ThemeEntry
from insights.corpus.models import Text
from insights.publishing.lifecycle import Lifecycle
from insights.releases.minority_views import policies
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Release
from insights.releases.stored_figures import WAITING


def hidden_grave_themes(release: Release) -> list[ThemeEntry]:
    """Grave themes of which few people spoke, or nobody; not those that nearly all did, or that have no number yet."""
    apart = {int(row["id"]) for row in release.theme_rows() if row["symbol"] == WAITING} | set(release.shown_themes())
    entries = release.codebook_version.entries.filter(gravity__gte=policies.GRAVE).select_related("theme")
    return [entry for entry in entries.order_by("-gravity", "label") if entry.theme_id not in apart]


class MinorityViewLifecycle(Lifecycle[MinorityVoice]):
    name, begins = "minority voice", "written"
    may_write, may_publish = "insights.publish_release", "insights.approve_quote"
    approvals = 2
    two_people = "You wrote this, or approved it. Ask two colleagues who did neither to approve it."
    stays = "The report shows it. Stop showing it, then write it anew."

    def list_writer_ids(self, held: MinorityVoice) -> set[int]:
        """Whoever approved these words does not approve them twice."""
        return super().list_writer_ids(held) | {person.pk for person in held.approved_by.all()}

    def record_writing(self, held: MinorityVoice, by: Any) -> None:
        held.approved_by.clear()  # they were for the older words
        super().record_writing(held, by)

    def validate_publication(self, held: MinorityVoice, today: date) -> None:
        if not held.words:
            raise ValidationError("These words were taken back.")


MINORITY_VIEWS = MinorityViewLifecycle()


def list_minority_views(release: Release, theme: Theme | None = None) -> list[tuple[ThemeEntry, MinorityVoice]]:
    """Summaries that two people approved, gravest theme first. `theme`: only its summary."""
    shown = MinorityVoice.objects.of(release).published()
    found = {voice.theme_id: voice for voice in (shown.filter(theme=theme) if theme else shown)}
    if not found:
        return []
    entries = release.codebook_version.entries.filter(theme__in=found).select_related("theme")
    rows = [(entry, found[entry.theme_id]) for entry in entries]
    return sorted(rows, key=lambda row: (-row[0].gravity, row[0].label))


@transaction.atomic
def write_minority_view(
    *, release: Release, theme: Any, words: str, by: Any, today: date | None = None
) -> MinorityVoice:
    """Write a summary, or rewrite one that no report shows."""
    require_permission(by, MINORITY_VIEWS.may_write)
    texts = _find_summed_texts(release, theme, words)
    held = MinorityVoice.objects.filter(release=release, theme=theme).first()
    if held is None:
        today = today or timezone.localdate()
        made = MinorityVoice(release=release, theme=theme, words=words.strip(), made_by=by, made_on=today)
        held = MINORITY_VIEWS.begin(made, by=by)
    else:
        held = MINORITY_VIEWS.lock_draft(held)
        held.words = words.strip()
        held.save(update_fields=["words"])
        MINORITY_VIEWS.record_writing(held, by)
    held.rests_on.set(texts)
    return held


def _find_summed_texts(release: Release, theme: Any, words: str) -> list[Text]:
    """The texts that the words sum up; ValidationError where they may not."""
    if theme.pk not in {entry.theme_id for entry in hidden_grave_themes(release)}:
        raise ValidationError("This is for themes that weigh much and whose number is hidden.")
    texts = list(Text.objects.filter(pk__in=list(codes_of_people_by_theme(release.consultation).get(theme.pk, {}))))
    if not texts:
        raise ValidationError("No person has found this theme in an answer. Look at the answers again.")
    if wrong := policies.find_summary_mistake(words, (text.text for text in texts)):
        raise ValidationError(wrong)
    return texts


@transaction.atomic
def stop_minority_view(*, voice: MinorityVoice, by: Any) -> None:
    """Take it out of every report at once, until two people approve it again."""
    require_permission(by, MINORITY_VIEWS.may_publish)
    held = MINORITY_VIEWS.lock(voice)
    _take_approvals_back(held)
    MINORITY_VIEWS.record("stopped", held, by)


def _take_approvals_back(voice: MinorityVoice) -> None:
    voice.mark_draft()
    voice.save(update_fields=["status", "published_by", "published_on"])
    voice.approved_by.clear()


def keep_published_minority_views(texts: Iterable[Any]) -> None:
    """Retention, not withdrawal, is about to delete these texts: detach published summaries, so that they stay."""
    shown = list(MinorityVoice.objects.published().filter(release__status="published").values_list("pk", flat=True))
    MinorityVoice.rests_on.through.objects.filter(text__in=list(texts), minorityvoice__in=shown).delete()


def earlier_summary(release: Release, theme: Any) -> str:
    """The newest summary of this theme, up to this release: initial words of the form."""
    voices = MinorityVoice.objects.filter(release__consultation=release.consultation_id, theme=theme)
    newest = voices.filter(release__number__lte=release.number).exclude(words="").order_by("-release__number").first()
    return newest.words if newest else ""


def remove_text_from_minority_views(*, text: Any) -> None:
    """A summarised text is withdrawn: the summary needs two new approvals, and goes with its last text. The log entry
    has neither time nor theme, which would point to the person who withdrew."""
    for voice in MinorityVoice.objects.filter(rests_on=text).select_related("release"):
        _take_approvals_back(voice)
        voice.rests_on.remove(text)
        if not voice.rests_on.exists():
            voice.words = ""
            voice.save(update_fields=["words"])
        record_at_day_end("minority voice stopped", obj=voice.release)
