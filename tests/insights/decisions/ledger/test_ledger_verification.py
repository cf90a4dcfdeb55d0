"""The ledger reports tampering with the database's own files, on both databases."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection, models

from consultation.responses.signals import text_recalled
from insights.coding.models import Theme
from insights.decisions.actions import change_decision, cite_theme, publish_decision, remove_citation
from insights.decisions.agencies.actions import add_action_items
from insights.decisions.agencies.actions import update_action_item as tell
from insights.decisions.agencies.models import ItemUpdate
from insights.decisions.ledger.actions import BrokenLedger, sign_head, sign_when_due
from insights.decisions.ledger.ledger_verification import list_differing_tables, list_ledger_problems
from insights.decisions.ledger.models import LedgerHead
from insights.decisions.models import Citation, Decision, LedgerEntry, ProgressNote, QuoteKey
from insights.decisions.progress.actions import note_progress
from insights.decisions.translations.actions import confirm_translation, translate_decision
from insights.releases.models import Quote
from tests import factories
from tests.insights.decisions.tampering import for_a_moment

TABLE = "insights_ledgerentry"
DAY = date(2026, 12, 1)


@pytest.fixture
def life(decision, release, planner, officer, colleague):
    """A decision's whole life: cited twice, one citation removed, published, amended, progress, translation, member
    check, agency plan."""
    quote = release.quotes.filter(theme__slug="lights").order_by("pk").first()
    cite_theme(decision=decision, by=planner, release=release, theme=quote.theme, quote=quote)
    out = cite_theme(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="staff"))
    remove_citation(citation=out, by=planner)
    publish_decision(decision=decision, by=colleague)
    decision.refresh_from_db()
    change_decision(decision=decision, by=officer, agency="The parks", why="They help now.")
    note = note_progress(decision=decision, by=officer, progress="done", words="They are up.")
    words = {"title": "پہلے روشنی", "notes": {note.pk: "وہ لگ گئیں۔"}}
    translate_decision(decision, by=officer, language="ur", words=words)
    confirm_translation(decision, by=colleague, language="ur")
    (item,) = add_action_items(
        decision=decision, by=officer, items=[{"agency": "The parks", "what": "Cut back bushes"}]
    )
    officer.user_permissions.add(Permission.objects.get(codename="update_action"))
    tell(item=item, by=type(officer).objects.get(pk=officer.pk), status="started", words="We cut.")
    decision.refresh_from_db()
    return decision


IN_THE_LEDGER = [
    (f"UPDATE {TABLE} SET verb = 'published' WHERE seq = 2", "entry 2: its content was changed"),
    (f"DELETE FROM {TABLE} WHERE seq = 3", "entry 3: it is missing"),
    (f"DELETE FROM {TABLE} WHERE seq > 6", "entries 7 to 12: it is missing"),
    (f"UPDATE {TABLE} SET seq = 99 WHERE seq = 4", "entry 4: it stands as number 99 now"),
    (
        f"INSERT INTO {TABLE} (seq, prev, hash, day, actor, verb, decision, data) "
        "VALUES (50, 'x', 'y', '2026-12-01', '', 'cited', 'lights-first', '{}')",
        "entry 50: it was put in",
    ),
]


def test_what_was_done_to_the_ledger_is_found_and_named(life):
    assert list_ledger_problems() == []
    for statement, said in IN_THE_LEDGER:
        with for_a_moment(TABLE):
            with connection.cursor() as cursor:
                cursor.execute(statement)
            assert said in "\n".join(list_ledger_problems())
            with pytest.raises(CommandError, match="Ledger"):
                call_command("verify_ledger")
            with pytest.raises(BrokenLedger):
                sign_head(DAY)
    assert list_ledger_problems() == []


def _another_citation(life):
    found = Citation.objects.get()
    Citation.objects.create(
        decision=life, release=found.release, theme=Theme.objects.get(slug="staff"),
        codebook_version=found.codebook_version, seen={},
    )  # fmt: skip


def first(model, **changed):
    """Change the oldest row, as by UPDATE."""
    return lambda life: model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(**changed)


def rows(model, **changed):
    return lambda life: model.objects.update(**changed)


def gone(model):
    return lambda life: models.QuerySet(model)._raw_delete("default")


def in_urdu(words):
    def change(life):
        Decision.objects.update(translations={"ur": life.translations["ur"] | words})

    return change


DAY_BEFORE = date(2020, 1, 1)
BESIDE = {
    "a figure that was seen": (rows(Citation, seen={"label": "Lights", "people": 500}), "no longer cites theme"),
    "a citation": (gone(Citation), "no longer cites theme “lights”"),
    "one more citation": (_another_citation, "cites theme “staff” of release"),
    "how it bears": (rows(Citation, bearing="challenges"), "no longer cites theme “lights”"),
    "the question it answers": (rows(Citation, question="q-b"), "has another source"),
    "words of a quote": (rows(Quote, text="Other words."), "no longer says what was recorded"),
    "the key of a quote": (gone(QuoteKey), "nothing can say any more"),
    "what we did": (rows(Decision, we_did="Nothing."), "“lights-first” no longer says what ledger entry"),
    "the day of publication": (rows(Decision, published_on=DAY_BEFORE), "published on another day, or by someone else"),
    "who published": (lambda life: Decision.objects.update(published_by=stranger()), "was published by someone else"),
    "who wrote": (lambda life: Decision.objects.update(created_by=stranger()), "was recorded by someone else"),
    "a translation": (in_urdu({"title": "کچھ نہیں"}), "“lights-first” has other words in ur"),
    "who checked it": (in_urdu({"checked_by": "Nobody"}), "“lights-first” has other words in ur"),
    "no translation": (rows(Decision, translations={}), "“lights-first” has other words in ur"),
    "one more translation": (lambda life: Decision.objects.update(
        translations=life.translations | {"pl": {"title": "Nic", "checked_by": "Nobody"}}), "other words in pl"),
    "a note": (gone(ProgressNote), "no longer here"),
    "words of a note": (rows(ProgressNote, words={"en": "Nothing was done."}), "A note of “lights-first” no longer says"),
    "the day of a note": (first(ProgressNote, day=DAY_BEFORE), "has another day, state or writer"),
    "how it stood": (first(ProgressNote, progress="stopped"), "has another day, state or writer"),
    "who told it": (lambda life: ProgressNote.objects.update(written_by=stranger()), "another day, state or writer"),
    "a note in Urdu": (lambda life: ProgressNote.objects.filter(words__has_key="ur").update(
        words={"en": "They are up.", "ur": "کچھ نہیں"}), "has other words in another language"),
    "the day of an update": (rows(ItemUpdate, day=DAY_BEFORE), "has another day or state"),
    "how an action stood": (rows(ItemUpdate, status="done"), "has another day or state"),
    "the day that moved": (rows(ItemUpdate, due_was=DAY_BEFORE), "has another day or state"),
    "words of an update": (rows(ItemUpdate, words="Nothing."), "is not what ledger entry"),
}  # fmt: skip
HEADS = [
    ({"hash": "0" * 64}, "not signed by a key of this site"),
    ({"signature": "AA=="}, "not signed by a key of this site"),
    ({"key": "hV9Ko2FDshqJrXaFD+SVaSgTH5WGVXoZBVIsseq7jiw="}, "not signed by a key of this site"),
    (None, "was signed and is no longer kept"),
]


TABLES = ("citation", "progressnote", "itemupdate", "decision", "ledgerhead")


def stranger():
    return factories.staff("stranger@example.org")


@pytest.mark.slow
def test_what_was_changed_beside_the_ledger_is_found_and_named(life):
    tables = [f"insights_{name}" for name in TABLES]
    for what, (tamper, said) in BESIDE.items():
        with for_a_moment(*tables):
            tamper(life)
            assert said in "\n".join(list_ledger_problems()), what
    sign_head(DAY)
    for changed, said in HEADS:
        with for_a_moment(*tables):
            heads = LedgerHead.objects.all()
            heads.update(**changed) if changed else heads.delete()
            assert said in "\n".join(list_ledger_problems())
    assert list_ledger_problems() == []


def test_entries_from_before_still_verify_and_prove_what_they_held(life):
    """What is proved since then was not in them: it is not asked of them, and all else is."""
    since = ("codebook", "asked", "figure", "version", "published", "translations", "notes", "spoken", "told")
    entries = list(LedgerEntry.objects.order_by("seq"))
    for entry in entries:
        entry.data = {name: value for name, value in entry.data.items() if name not in since}

    def found():
        return list_differing_tables(entries)

    assert found() == []
    with for_a_moment("insights_decision", "insights_progressnote"):
        Decision.objects.update(published_by=stranger())
        ProgressNote.objects.update(words={"en": "Nothing."})
        assert any("published by someone else" in one for one in found())
        assert any("A note of" in one for one in found())


def test_erased_words_leave_a_tombstone_that_shows_and_confirms_nothing(life, release):
    quote = Quote.objects.get(citations__isnull=False)
    words, figure = quote.text, Citation.objects.get().seen
    text_recalled.send(sender=None, answer=quote.source_text_id)
    assert list_ledger_problems() == [], "before the day is over"
    head = sign_head(DAY)
    (tombstone,) = LedgerEntry.objects.filter(verb="words taken back")
    assert (tombstone.decision, tombstone.data, tombstone.actor) == ("lights-first", {"quote": quote.pk}, "")
    assert not QuoteKey.objects.exists() and Citation.objects.get().seen == figure
    everything = json.dumps(list(LedgerEntry.objects.values("verb", "decision", "data")))
    assert words not in everything and list_ledger_problems() == []
    assert sign_head(date(2026, 12, 2)).seq == head.seq + 1, "noted once"
    Quote.objects.filter(pk=quote.pk).update(erased=False, text=words)
    assert "has words again" in "\n".join(list_ledger_problems())


def test_the_head_of_a_day_is_signed_once_and_when_there_is_something_new(draft):
    entry = LedgerEntry.objects.order_by("-seq").first()
    day = date.fromisoformat(entry.day)
    assert sign_when_due(day) is None, "that day is not over"
    after = day + timedelta(days=1)
    first = sign_when_due(after)
    assert (first.day, first.seq) == (after.isoformat(), entry.seq + 1)
    assert sign_when_due(after) is None and sign_head(after) is None
    assert sign_when_due(after + timedelta(days=2)) is None, "nothing came since"
    sign_when_due()
    assert list_ledger_problems() == []


def test_a_key_of_its_own_signs_and_the_former_one_is_still_known(draft, settings):
    former = sign_head(DAY).key
    settings.LEDGER_SIGNING_KEY = "gqhAsCOcfW1cgIv3DkAmcSqTB2ttvRoTotNNXYGaczg="
    assert sign_head(date(2026, 12, 2)).key != former
    assert list_ledger_problems() == [], "the derived key is known as long as SECRET_KEY is the same"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["tests-only"]
    assert list_ledger_problems() == []
    settings.SECRET_KEY_FALLBACKS, settings.LEDGER_FORMER_KEYS = [], [former]
    assert not [found for found in list_ledger_problems() if "head" in found.lower()]
