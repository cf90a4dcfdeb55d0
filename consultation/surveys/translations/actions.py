"""Translating a page, having it checked, and publishing a language. Each is audited; nobody checks their own text."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslationContext
from wagtail_localize.strings import StringValue

from consultation.access import NotAllowed
from consultation.audit.audit_log import record_event
from consultation.notifications.notify import notify_after_commit, write_waiting_work
from consultation.surveys.translations import live_translations, policies
from consultation.surveys.translations.models import LanguageCheck, StringVerdict
from consultation.surveys.translations.own_files import digest_own_files, list_own_files
from consultation.surveys.translations.policies import StringState
from consultation.surveys.translations.source_strings import current_source_page, to_stored_form
from consultation.surveys.translations.translation_faults import list_faults
from consultation.surveys.translations.translation_rows import PageTranslation, TranslationRow, load_page_translation

MANUAL, MACHINE = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
NOT_THE_CHECKER = "The named checker says whether it is right, and never of their own words."
CHANGED = "Some of these words changed while you read them. Nothing was kept. Read them once more, please."
NO_NOTE = "Say what is wrong, in a few words, for whoever translates it."
NOTHING_WAITS = "No text waits for a check."
OWN_WORDS = "Name someone who wrote none of the texts that wait, and who is not you."
NOTHING_RIGHT = "Nothing is checked yet, so nothing can go live."
GONE = "The English changed while you wrote, so nothing was kept. Your words were: “{text}”. Find the text below."
NO_REASON = "Say why, in a few words: whoever translates it reads them."
NOBODY_READS = "Nobody reads them before that."
NOTHING_WRITTEN = "Write something, or leave it as it is: without words people read the source."


class InvalidTranslation(NotAllowed):
    """A text that would break the page or lose something of its source; `sentences` are the faults."""

    def __init__(self, sentences: list[str]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def begin_translation(*, page: Page, language: str, by: Any) -> int:
    """Begin a language. Returns the number of strings adopted from an existing translated page."""
    instance = current_source_page(page)
    source = live_translations.ensure_source_record(instance)
    target = page.get_translations().filter(locale__language_code=language).first()
    translation = live_translations.ensure_translation_record(source, language)
    taken = 0
    if target is None:
        translation.save_target(user=by, publish=False)
    elif target.alias_of_id:  # it goes on as it is: words that are kept already wait for a checker
        ConvertAliasPageAction(target.specific, user=by).execute(skip_permission_checks=True)
    else:
        taken = live_translations.adopt_words(source, translation.target_locale, target.specific)
    record_event("translation.begun", by=by, obj=page, language=language, strings=taken)
    return taken


@transaction.atomic
def save_string(*, page: Page, language: str, place: str, text: str, by: Any, machine: bool = False) -> TranslationRow:
    """Save the translation of one string. A machine's text counts as a person's once a person changes it."""
    words = load_page_translation(page, language)
    row = words.at(place)
    if row is None:
        raise NotAllowed("This text is not in the page any more. Its words are kept.")
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise InvalidTranslation([NOTHING_WRITTEN])
    if wrong := list_faults(row.source.text, text, limit=row.source.limit, rich=row.source.rich):
        raise InvalidTranslation(wrong)
    if text != row.text:
        store_words(page, language, [(row, text)], by, machine=machine)
        record_event("translation.written", by=by, obj=page, language=language, strings=1, machine=machine)
    return row


@transaction.atomic
def keep_older_words(*, page: Page, language: str, place: str, by: Any) -> None:
    """Keep the old translation for a changed source. It is checked again beside the new source."""
    row = load_page_translation(page, language).at(place)
    if row is None or row.state != StringState.BEHIND:
        raise NotAllowed("There are no older words here.")
    save_string(page=page, language=language, place=place, text=row.older[1], by=by)


def store_words(
    page: Page, language: str, said: Iterable[tuple[TranslationRow, str]], by: Any, *, machine: bool
) -> None:
    """Store texts in wagtail-localize, where its editor and later source changes find them too."""
    source = live_translations.ensure_source_record(current_source_page(page))
    locale = live_translations.ensure_translation_record(source, language).target_locale
    for row, text in said:
        StringTranslation.objects.update_or_create(
            translation_of=String.from_value(source.locale_id, StringValue(row.source.stored)),
            locale=locale,
            context=TranslationContext.objects.get_or_create(object_id=page.translation_key, path=row.path)[0],
            defaults={
                "data": to_stored_form(text, row.source.rich),
                "translation_type": MACHINE if machine else MANUAL,
                "tool_name": "",
                "last_translated_by": by,
                "has_error": False,
                "field_error": "",
            },
        )


@transaction.atomic
def send_to_checker(*, page: Page, language: str, checker: Any, by: Any, speaker: str = "") -> LanguageCheck:
    """Ask a named checker, who is not the sender and wrote none of the waiting strings. `speaker` reads along."""
    words = load_page_translation(page, language)
    if not words.count_to_check:
        raise NotAllowed(NOTHING_WAITS)
    if not policies.may_be_checker(checker, writers=words.writers, sender=by.pk):
        raise NotAllowed(OWN_WORDS)
    asked = {"checker": checker, "speaker": speaker, "sent_by": by, "sent_on": timezone.localdate(), "waits": True}
    check, _ = LanguageCheck.objects.update_or_create(page=page, language=language, defaults=asked)
    record_event(
        "translation.sent", by=by, obj=page, language=language, strings=words.count_to_check, checker=str(checker.pk)
    )
    _tell_checker(words, checker, by)
    return check


def _tell_checker(words: PageTranslation, checker: Any, by: Any) -> None:
    title, name = words.page.title, get_language_info(words.language)["name"]
    texts = f"{words.count_to_check} text{'s' if words.count_to_check != 1 else ''}"
    says = f"{by} asks you to check {texts}. Read each beside its English, and say whether it is right. {NOBODY_READS}"
    path = reverse("translations:language", args=[words.page.pk, words.language])
    notify_after_commit([checker.email], write_waiting_work(f"“{title}” in {name} waits for your check", says, path))


@transaction.atomic
def judge_strings(*, page: Page, language: str, said: dict[str, tuple[bool, str]], by: Any) -> int:
    """Save verdicts {digest of the text shown: (right, note)}: all of them, or none if a text has changed since."""
    words = _lock_translation(page, language)
    now = {row.digest: row for row in words.all if row.state in policies.OPEN}
    if any(digest not in now for digest in said):
        raise NotAllowed(CHANGED)
    for digest, (right, note) in said.items():
        if not policies.may_judge(by, written_by=now[digest].by, checker=_find_checker_id(words)):
            raise NotAllowed(NOT_THE_CHECKER)
        if not right and not note.strip():
            raise NotAllowed(NO_NOTE)
        if right and now[digest].faults:
            raise InvalidTranslation([f"“{now[digest].text[:60]}”: {sentence}" for sentence in now[digest].faults])
        _save_verdict(words, now[digest], right, note.strip(), by)
    if said:
        sent_back = sum(not right for right, _ in said.values())
        record_event("translation.checked", by=by, obj=page, language=language, strings=len(said), sent_back=sent_back)
        # Off the checker's list once no string waits.
        if not load_page_translation(words.page, words.language).waiting:
            LanguageCheck.objects.filter(page=words.page.pk, language=words.language).update(waits=False)
    return len(said)


def _find_checker_id(words: PageTranslation) -> int | None:
    return words.check.checker_id if words.check else None


def _lock_translation(page: Page, language: str) -> PageTranslation:
    """Locks the language's check, so that concurrent requests run one after the other."""
    LanguageCheck.objects.select_for_update().filter(page=page.pk, language=language).first()
    return load_page_translation(page, language)


def _save_verdict(words: PageTranslation, row: TranslationRow, right: bool, note: str, by: Any) -> None:
    said = {"path": row.path, "source": row.source.text, "text": row.text, "right": right, "note": note[:300]}
    StringVerdict.objects.update_or_create(
        page_id=words.page.pk,
        language=words.language,
        digest=row.digest,
        defaults=said | {"by": by, "day": timezone.localdate()},
    )


@transaction.atomic
def publish_language(*, page: Page, language: str, by: Any, files: str = "") -> int:
    """Publish the approved strings; the rest falls back to the source. Returns the number of translated strings.

    It needs only the checker's approval, because no question, choice or condition changes. `files`: the digest of the
    links, pictures and recordings that the checker saw.
    """
    words = _lock_translation(page, language)
    if not policies.may_check(by) or by.pk != _find_checker_id(words):
        raise NotAllowed(NOT_THE_CHECKER)
    readable = words.readable
    if not readable:
        raise NotAllowed(NOTHING_RIGHT)
    if files != digest_own_files(list_own_files(page, language)):
        raise NotAllowed(CHANGED)
    LanguageCheck.objects.filter(page=page.pk, language=language).update(governs=True)
    live_translations.publish_translated_page(page, language, by, checker=by.pk)
    record_event("translation.live", by=by, obj=page, language=language, strings=len(readable))
    return len(readable)


@transaction.atomic
def withdraw_approval(*, page: Page, language: str, reason: str, by: Any, digest: str = "") -> int:
    """Withdraw the approval of one string (`digest`) or of all: people then read the source. Returns the number.

    Every checker may do it, because a harmful text cannot wait for the one who approved it.
    """
    if not policies.may_check(by):
        raise NotAllowed("Only those who may approve can take an approval back.")
    if not reason.strip():
        raise NotAllowed(NO_REASON)
    words = _lock_translation(page, language)
    rows = [one for row in words.all if (one := row.approved) and digest in ("", one.digest)]
    is_read = any(row.approved and digest in ("", row.approved.digest) for row in words.rows)
    if digest and not rows:
        raise NotAllowed("This text is not checked.")
    for row in rows:
        _save_verdict(words, row, False, reason.strip(), by)
    record_event("translation.withdrawn", by=by, obj=page, language=language, strings=len(rows))
    if not is_read or not words.live:
        return len(rows)
    target: Any = words.target.specific  # type: ignore[union-attr]  # live: it is there
    is_empty = not digest or not load_page_translation(page, language).readable
    if is_empty and target.permissions_for_user(by).can_unpublish():
        target.unpublish(user=by)
    else:  # a page that must stay where links lead to it says the source's words
        LanguageCheck.objects.filter(page=page.pk, language=language).update(governs=True)
        live_translations.publish_translated_page(page, language, by)
    return len(rows)
