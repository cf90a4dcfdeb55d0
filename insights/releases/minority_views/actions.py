"""Minority voices: one person writes the summary, two others approve it, and anyone who may approve can stop it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_at_day_end, record_event
from insights.coding.counted_codes import codes_of_people_by_theme
from insights.coding.models import Theme, ThemeEntry
from insights.corpus.models import Text
from insights.releases.minority_views import policies
from insights.releases.minority_views.models import MinorityVoice
from insights.releases.models import Release
from insights.releases.stored_figures import WAITING


def hidden_grave_themes(release: Release) -> list[ThemeEntry]:
    """Grave themes whose number the release hides, whether few people spoke of them or nobody; not those that have no
    number yet."""
    apart = {int(row["id"]) for row in release.theme_rows() if row["value"] is not None or row["symbol"] == WAITING}
    entries = release.codebook_version.entries.filter(gravity__gte=policies.GRAVE).select_related("theme")
    return [entry for entry in entries.order_by("-gravity", "label") if entry.theme_id not in apart]


def list_shown_voices(release: Release, theme: Theme | None = None) -> list[tuple[ThemeEntry, MinorityVoice]]:
    """Summaries that two people approved, gravest theme first. `theme`: only its summary."""
    found = {voice.theme_id: voice for voice in MinorityVoice.objects.of(release).shown()}
    wanted = [theme.pk] if theme else list(found)
    entries = release.codebook_version.entries.filter(theme__in=wanted).select_related("theme")
    rows = [(entry, found[entry.theme_id]) for entry in entries if entry.theme_id in found]
    return sorted(rows, key=lambda row: (-row[0].gravity, row[0].label))


@transaction.atomic
def write_minority_voice(
    *, release: Release, theme: Any, words: str, by: Any, today: date | None = None
) -> MinorityVoice:
    """Write or rewrite a summary. Rewriting clears the approvals, which were for the older words."""
    require_permission(by, "insights.publish_release")
    if theme.pk not in {entry.theme_id for entry in hidden_grave_themes(release)}:
        raise ValidationError("This is for themes that weigh much and whose number is hidden.")
    texts = list(Text.objects.filter(pk__in=list(codes_of_people_by_theme(release.consultation).get(theme.pk, {}))))
    if not texts:
        raise ValidationError("No person has found this theme in an answer. Look at the answers again.")
    if wrong := policies.find_summary_mistake(words, (text.text for text in texts)):
        raise ValidationError(wrong)
    voice, _ = MinorityVoice.objects.update_or_create(
        release=release,
        theme=theme,
        defaults={"words": words.strip(), "written_by": by, "written_on": today or timezone.localdate()},
    )
    voice.approved_by.clear()
    voice.rests_on.set(texts)
    record_event("minority voice written", by=by, obj=voice)
    return voice


@transaction.atomic
def approve_minority_voice(*, voice: MinorityVoice, by: Any, seen: str | None = None) -> MinorityVoice:
    """Record one person's approval of the words they have `seen`; two who did not write it must approve."""
    require_permission(by, "insights.approve_quote")
    voice = MinorityVoice.objects.select_for_update(of=("self",)).get(pk=voice.pk)
    if voice.written_by_id == by.pk:
        raise ValidationError("You wrote this. Ask two colleagues to approve it.")
    if not voice.words:
        raise ValidationError("These words were taken back.")
    if seen is not None and seen != voice.seen:
        raise ValidationError("These words were written anew since you opened the page. Read them first.")
    voice.approved_by.add(by)
    record_event("minority voice approved", by=by, obj=voice, approvals=voice.approved_by.count())
    return voice


@transaction.atomic
def stop_minority_voice(*, voice: MinorityVoice, by: Any) -> None:
    """Remove all approvals: the words leave every report at once, until two people approve again."""
    require_permission(by, "insights.approve_quote")
    voice.approved_by.clear()
    record_event("minority voice stopped", by=by, obj=voice)


def keep_published_voices(texts: Iterable[Any]) -> None:
    """Retention, not withdrawal, is about to delete these texts: detach published summaries, so that they stay."""
    shown = list(MinorityVoice.objects.shown().filter(release__status="published").values_list("pk", flat=True))
    MinorityVoice.rests_on.through.objects.filter(text__in=list(texts), minorityvoice__in=shown).delete()


def earlier_summary(release: Release, theme: Any) -> str:
    """The newest summary of this theme, up to this release: initial words of the form."""
    voices = MinorityVoice.objects.filter(release__consultation=release.consultation_id, theme=theme)
    newest = voices.filter(release__number__lte=release.number).exclude(words="").order_by("-release__number").first()
    return newest.words if newest else ""


def remove_text_from_voices(*, text: Any) -> None:
    """A summarised text is withdrawn: the summary needs two new approvals, and goes with its last text. The log entry
    has neither time nor theme, which would point to the person who withdrew."""
    for voice in MinorityVoice.objects.filter(rests_on=text).select_related("release"):
        voice.approved_by.clear()
        voice.rests_on.remove(text)
        if not voice.rests_on.exists():
            voice.words = ""
            voice.save(update_fields=["words"])
        record_at_day_end("minority voice stopped", obj=voice.release)
