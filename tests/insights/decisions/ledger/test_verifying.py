"""What somebody with the database's own files could do, and what the ledger says of it: on both databases."""

import json
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from consultation import handover
from insights.coding.models import Theme
from insights.decisions.actions import change, cite, note_progress, publish, remove_citation
from insights.decisions.ledger import problems
from insights.decisions.ledger.actions import NotWhole, sign, sign_when_due
from insights.decisions.ledger.models import LedgerHead
from insights.decisions.ledger.tasks import sign_when_due as sweep
from insights.decisions.models import Citation, LedgerEntry, ProgressNote, QuoteKey
from insights.reports.models import Quote

TABLE = "insights_ledgerentry"
DAY = date(2026, 12, 1)


def forge(*statements):
    """The triggers are gone for a moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("no_update", "no_delete", "no_replace"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


@pytest.fixture
def life(decision, release, planner, officer, colleague):
    """Cited twice, once taken out, published, amended, and told how it goes: seven entries."""
    quote = release.quotes.filter(theme__slug="lights").order_by("pk").first()
    cite(decision=decision, by=planner, release=release, theme=quote.theme, quote=quote)
    out = cite(decision=decision, by=planner, release=release, theme=Theme.objects.get(slug="staff"))
    remove_citation(citation=out, by=planner)
    publish(decision=decision, by=colleague)
    decision.refresh_from_db()
    change(decision=decision, by=officer, agency="The parks", why="They help now.")
    note_progress(decision=decision, by=officer, progress="done", words="They are up.")
    return decision


@contextmanager
def for_a_moment():
    """What happens inside is undone: one life serves for every tampering."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


IN_THE_LEDGER = [
    (f"UPDATE {TABLE} SET verb = 'published' WHERE seq = 2", "entry 2: its content was changed"),
    (f"DELETE FROM {TABLE} WHERE seq = 3", "entry 3: it is missing"),
    (f"DELETE FROM {TABLE} WHERE seq > 6", "entries 7 to 8: it is missing"),
    (f"UPDATE {TABLE} SET seq = 99 WHERE seq = 4", "entry 4: it stands as number 99 now"),
    (
        f"INSERT INTO {TABLE} (seq, prev, hash, day, actor, verb, decision, data) "
        "VALUES (50, 'x', 'y', '2026-12-01', '', 'cited', 'lights-first', '{}')",
        "entry 50: it was put in",
    ),
]


def test_what_was_done_to_the_ledger_is_found_and_named(life):
    assert problems() == []
    for statement, said in IN_THE_LEDGER:
        with for_a_moment():
            forge(statement)
            assert said in "\n".join(problems())
            with pytest.raises(CommandError, match="Ledger"):
                call_command("verify_ledger")
            with pytest.raises(NotWhole):
                sign(DAY)
    assert problems() == []


def _seen(life):
    Citation.objects.update(seen={"label": "Lights", "people": 500, "symbol": ""})


def _may_delete(table):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_kept_DELETE" + (f" ON {table}" if connection.vendor != "sqlite" else ""))


def _no_citation(life):
    _may_delete("insights_citation")
    models.QuerySet(Citation).delete()


def _another_citation(life):
    found = Citation.objects.get()
    Citation.objects.create(
        decision=life, release=found.release, theme=Theme.objects.get(slug="staff"),
        codebook_version=found.codebook_version, seen={},
    )  # fmt: skip


def _bearing(life):
    Citation.objects.update(bearing="challenges")


def _words(life):
    Quote.objects.filter(citations__isnull=False).update(text="Other words.")


def _key(life):
    QuoteKey.objects.all().delete()


def _note(life):
    _may_delete("insights_progressnote")
    ProgressNote.objects.order_by("pk").first().delete()


def _note_words(life):
    ProgressNote.objects.update(words={"en": "Nothing was done."})


def _decision(life):
    type(life).objects.update(we_did="Nothing.")


BESIDE = [
    (_seen, "no longer cites theme “lights”"),
    (_no_citation, "no longer cites theme “lights”"),
    (_another_citation, "cites theme “staff” of release"),
    (_bearing, "no longer cites theme “lights”"),
    (_words, "no longer says what was recorded"),
    (_key, "nothing can say any more"),
    (_note, "no longer here"),
    (_note_words, "A note of “lights-first” no longer says"),
    (_decision, "“lights-first” no longer says what ledger entry"),
]
HEADS = [
    ({"hash": "0" * 64}, "not signed by a key of this site"),
    ({"signature": "AA=="}, "not signed by a key of this site"),
    ({"key": "hV9Ko2FDshqJrXaFD+SVaSgTH5WGVXoZBVIsseq7jiw="}, "not signed by a key of this site"),
    (None, "was signed and is no longer kept"),
]


def test_what_was_changed_beside_the_ledger_is_found_and_named(life):
    for tamper, said in BESIDE:
        with for_a_moment():
            tamper(life)
            assert said in "\n".join(problems()), tamper.__name__
    sign(DAY)
    for changed, said in HEADS:
        with for_a_moment():
            heads = LedgerHead.objects.all()
            heads.update(**changed) if changed else heads.delete()
            assert said in "\n".join(problems())
    assert problems() == []


def test_erased_words_leave_a_tombstone_that_shows_and_confirms_nothing(life, release):
    quote = Quote.objects.get(citations__isnull=False)
    words, figure = quote.text, Citation.objects.get().seen
    handover.text_recalled.send(sender=None, answer=quote.source_text_id)
    assert problems() == [], "before the day is over"
    head = sign(DAY)
    (tombstone,) = LedgerEntry.objects.filter(verb="words taken back")
    assert (tombstone.decision, tombstone.data, tombstone.actor) == ("lights-first", {"quote": quote.pk}, "")
    assert not QuoteKey.objects.exists() and Citation.objects.get().seen == figure
    everything = json.dumps(list(LedgerEntry.objects.values("verb", "decision", "data")))
    assert words not in everything and problems() == []
    assert sign(date(2026, 12, 2)).seq == head.seq + 1, "noted once"
    Quote.objects.filter(pk=quote.pk).update(erased=False, text=words)
    assert "has words again" in "\n".join(problems())


def test_the_head_of_a_day_is_signed_once_and_when_there_is_something_new(draft):
    entry = LedgerEntry.objects.order_by("-seq").first()
    assert sign_when_due(date.fromisoformat(entry.day)) is None, "that day is not over"
    first = sign_when_due(DAY)
    assert (first.day, first.seq) == ("2026-12-01", entry.seq + 1)
    assert sign_when_due(DAY) is None and sign(DAY) is None
    assert sign_when_due(date(2026, 12, 3)) is None, "nothing came since"
    sweep.func()
    assert problems() == []


def test_a_key_of_its_own_signs_and_the_former_one_is_still_known(draft, settings):
    former = sign(DAY).key
    settings.LEDGER_SIGNING_KEY = "gqhAsCOcfW1cgIv3DkAmcSqTB2ttvRoTotNNXYGaczg="
    assert sign(date(2026, 12, 2)).key != former
    assert problems() == [], "the derived key is known as long as SECRET_KEY is the same"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["tests-only"]
    assert problems() == []
    settings.SECRET_KEY_FALLBACKS, settings.LEDGER_FORMER_KEYS = [], [former]
    assert not [found for found in problems() if "head" in found.lower()]
