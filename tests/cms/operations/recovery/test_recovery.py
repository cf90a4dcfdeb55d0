"""A restore takes out again what was taken out since, and opens to nobody."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import APIToken

from cms.accounts.models import RoleRequest, User
from cms.operations.backups import backup_content, deletion_journal, tasks
from cms.operations.recovery import actions as recovery
from consultation.agencies.actions import name_agency
from consultation.agencies.models import AgencyStatus, KnownAgency
from consultation.audit.models import AuditEntry
from consultation.channels.web.withdrawal import erase_written_words, withdraw_response
from consultation.reading.actions import recall_answer
from consultation.reading.panel_words import actions as panel_words
from consultation.responses.models import Answer, AnswerState, Response, Tombstone
from consultation.responses.vault import generate_key_pair, open_sealed_text
from consultation.safeguarding import actions as safeguarding
from consultation.safeguarding.models import ContactRequest, TriageCase, WithdrawnText
from consultation.safeguarding.withdrawn_texts import actions as withdrawn
from consultation.surveys.youth_panel.models import PanelRound, PanelWords
from insights.corpus.models import Text
from tests import factories
from tests.cms.accounts.test_sign_in import give_totp
from tests.cms.operations.backups.test_backups import backed_up
from tests.factories import response

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()


def restored(path):
    out = StringIO()
    call_command("restore", path, yes=True, stdout=out)
    return out.getvalue()


def test_a_restore_brings_back_what_was_lost(site):
    sent = response(site[1], closed={"a": "1"}, texts={"q-b": "The bus stop is dark."})
    path = backed_up()
    Response.objects.all().delete()
    assert f"that of {TODAY}" in restored(path)
    assert Response.objects.get().closed == {"a": "1"}
    assert open_sealed_text(Answer.objects.get().sealed) == "The bus stop is dark."
    assert Response.objects.get().pk == sent.pk
    assert AuditEntry.objects.first_break() is None
    assert AuditEntry.objects.order_by("-seq").first().verb == "restored from backup"


@pytest.mark.slow
def test_tables_of_answers_are_kept_in_key_order_after_it(site, settings):
    restored(backed_up())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            made = dict(cursor.fetchall())
        assert all(made[name].rstrip().endswith("WITHOUT ROWID") for name in settings.TABLES_IN_KEY_ORDER)
    with pytest.raises(Exception, match="append-only"):
        AuditEntry.objects.all().delete()


@pytest.mark.slow
def test_what_a_person_took_back_since_is_taken_out_again(site):
    gone, stays = (response(site[1], closed={"a": "1"}, texts={"q-b": "Words"}) for _ in range(2))
    path = backed_up()
    withdraw_response(response=gone)
    WithdrawnText.objects.all().delete()
    said = restored(path)
    assert "Taken out again: 1 responses." in said
    gone.refresh_from_db()
    assert (gone.withdrawn, gone.closed) == (True, {})
    assert Answer.objects.get().response == stays
    assert WithdrawnText.objects.count() == 1, "nobody had read it when the backup was made: it is read once more"


@pytest.mark.slow
def test_words_taken_back_after_the_freeze_and_texts_recalled_go_again(site, person):
    reader = person("moderator")
    counted = response(site[1], closed={"a": "1"}, texts={"q-b": "Words"}, reader=reader, counted=1)
    named = response(site[1], texts={"q-b": "Zed said so"}, reader=reader)
    for answer in Answer.objects.all():
        Text.objects.create(
            id=answer.pk, respondent=answer.response_id, version=site[1], question="q-b", language="en",
            audience="parents", text="x",
        )  # fmt: skip
    path = backed_up()
    erase_written_words(response=counted)
    recall_answer(answer=named.answers.get(), by=reader, concern=False)
    said = restored(path)
    assert "1 words" in said and "1 texts" in said
    assert not Text.objects.exists()
    assert Response.objects.get(pk=counted.pk).closed == {"a": "1"}
    assert named.answers.get().state == AnswerState.UNREAD


@pytest.mark.slow
def test_words_that_a_lead_has_read_and_erased_do_not_come_back(site, person):
    lead = person("safeguarding_lead")
    withdraw_response(response=response(site[1], texts={"q-b": "Words"}))
    path = backed_up()
    [words] = WithdrawnText.objects.all()
    withdrawn.read_withdrawn_text(withdrawn=words, by=lead)
    withdrawn.erase_withdrawn_text(withdrawn=words, by=lead)
    assert "1 withdrawn texts" in restored(path)
    assert not WithdrawnText.objects.exists()


@pytest.mark.parametrize("opened", ["before", "after"])
@pytest.mark.slow
def test_what_was_hidden_from_an_agency_since_is_hidden_again(site, person, opened):
    """The case that was opened after the backup is not in it: its answer must not lie on a desk of that agency."""
    reader, lead, officer = person("moderator"), person("safeguarding_lead"), person("engagement_officer")
    for somebody, agency in ((reader, "Riverside"), (lead, "Council"), (officer, "Harbour")):
        User.objects.filter(pk=somebody.pk).update(agency=factories.agency(agency))
    response(site[1], texts={"q-b": "The man at the club scares me."})
    [answer], path = Answer.objects.all(), backed_up()
    if opened == "before":
        safeguarding.open_case(answer=answer, by=reader, priority="T1", why="Look.")
        path = backed_up()
        safeguarding.hide_from_agency(
            case=TriageCase.objects.get(), by=lead, agency=factories.agency("River-side"), why="He works there."
        )
    else:
        safeguarding.open_case(
            answer=answer, by=reader, priority="T1", why="Look.", agency=factories.agency("River-side")
        )
    assert "1 hidden from an agency" in restored(path)
    case = TriageCase.objects.get()
    assert (case.answer_id, case.agency_id, case.answer.state) == (answer.pk, "riverside", AnswerState.TRIAGE)
    assert TriageCase.objects.hidden_from(User.objects.get(pk=reader.pk)).exists()


@pytest.mark.slow
def test_it_is_hidden_again_from_an_agency_that_the_backup_does_not_know(site, person, folder):
    """Nobody of it has an account in the backup, and the database that knew its name is lost."""
    reader = person("moderator")
    response(site[1], texts={"q-b": "The man at the club scares me."})
    [answer], path = Answer.objects.all(), backed_up()
    named = name_agency("River-side", AgencyStatus.CONFIDENTIAL)
    safeguarding.open_case(answer=answer, by=reader, priority="T1", why="Look.", agency=named)
    tasks.write_deletion_journal()
    assert "iver" not in (folder / deletion_journal.NAME).read_text()
    assert deletion_journal.load_agencies(folder)["riverside"] == "River-side"
    TriageCase.objects.all().delete()
    KnownAgency.objects.filter(key="riverside").delete()
    Tombstone.objects.all().delete()
    assert "1 hidden from an agency" in restored(path)
    case = TriageCase.objects.get()
    assert (case.answer_id, case.agency_id, case.answer.state) == (answer.pk, "riverside", AnswerState.TRIAGE)


def test_what_was_shown_to_all_leads_since_is_hidden_by_no_tombstone(site, person):
    reader, lead = person("moderator"), person("safeguarding_lead")
    User.objects.filter(pk=lead.pk).update(agency=factories.agency("Council"))
    response(site[1], texts={"q-b": "The man at the club scares me."})
    case = safeguarding.open_case(
        answer=Answer.objects.get(), by=reader, priority="T1", why="Look.", agency=factories.agency("Riverside")
    )
    assert Tombstone.objects.exists()
    safeguarding.show_to_all_leads(case=case, by=User.objects.get(pk=lead.pk), why="Another man.")
    assert not Tombstone.objects.exists()


def test_an_account_that_was_closed_stays_closed(site, person):
    reader = person("moderator")
    path = backed_up()
    reader.is_active = False
    reader.save()
    assert "1 accounts" in restored(path)
    reader.refresh_from_db()
    assert not reader.is_active
    assert not RoleRequest.objects.exists(), "nobody is asked to give a role to a closed account"


@pytest.mark.slow
def test_nothing_that_opened_an_account_lives_again(site, person, client_as):
    """A role, a password, a second factor and a session that were taken away after the backup, and those that were not:
    the backup cannot tell them apart."""
    reader, signed_in = person("moderator"), client_as("planner")
    give_totp(reader)
    APIToken.objects.create(user=reader, name="A sheet", key_hash="x", prefix="wagtail_")
    path = backed_up()
    reader.groups.clear()
    reader.set_password("a longer walk by the sea")
    reader.save()
    signed_in.user.groups.clear()
    said = restored(path)
    reader.refresh_from_db()
    assert "Suspended: 2 roles." in said and "create_administrator" in said
    assert not reader.has_usable_password() and not Authenticator.objects.exists() and not Session.objects.exists()
    assert not APIToken.objects.exists()
    assert not User.objects.filter(groups__isnull=False).exists()
    assert signed_in.get("/insights/")["Location"].startswith("/accounts/login/")
    waiting = {(one.person_id, one.role, one.as_of, one.asked_by) for one in RoleRequest.objects.all()}
    assert waiting == {(reader.pk, "moderator", TODAY, None), (signed_in.user.pk, "planner", TODAY, None)}
    assert AuditEntry.objects.filter(verb="role suspended").count() == 2


@pytest.mark.slow
def test_a_database_that_is_lost_altogether_is_cleaned_by_the_journal(site):
    gone = response(site[1], closed={"a": "1"})
    path = backed_up()
    withdraw_response(response=gone)
    tasks.write_deletion_journal()
    Tombstone.objects.all().delete()
    assert "1 responses" in restored(path)
    gone.refresh_from_db()
    assert gone.withdrawn
    assert Tombstone.objects.exists(), "a second restore knows it too"


def test_a_database_brought_back_by_other_means_is_cleaned_by_the_journal(site, person):
    """As to a point in time by pgBackRest, which knows of no erasure."""
    person("moderator")
    gone = response(site[1], closed={"a": "1"})
    backed_up()
    withdraw_response(response=gone)
    tasks.write_deletion_journal()
    Tombstone.objects.all().delete()
    Response.objects.filter(pk=gone.pk).update(withdrawn=False, closed={"a": "1"})
    out = StringIO()
    call_command("restore", restored_on=TODAY, yes=True, stdout=out)
    assert "1 responses" in out.getvalue()
    gone.refresh_from_db()
    assert (gone.withdrawn, gone.closed) == (True, {})
    assert not User.objects.filter(groups__isnull=False).exists()


def test_media_come_back_under_their_names(site, settings):
    settings.STORAGES = dict(settings.STORAGES)  # the pictures of earlier tests are gone
    name = default_storage.save("original_images/drawing.png", ContentFile(b"as it was"))
    path = backed_up()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"drawn over"))
    said = restored(path)
    assert "1 files of media" in said and "Restored: 100 %" in said
    with default_storage.open(name) as file:
        assert file.read() == b"as it was"
    default_storage.delete(name)


def test_a_backup_of_later_code_or_another_database_is_refused(site, monkeypatch):
    path = backed_up()
    monkeypatch.setattr(backup_content, "is_later", lambda version: True)
    with pytest.raises(CommandError, match="take that version first"):
        call_command("restore", path, yes=True)
    monkeypatch.undo()
    other = {"sqlite": "postgresql"}.get(connection.vendor, "sqlite")
    monkeypatch.setattr(connection, "vendor", other)
    with pytest.raises(CommandError, match=f"and the database is {other}"):
        call_command("restore", path, yes=True)


def test_what_retention_erased_since_is_erased_again(site, person):
    page, version = site
    response(version, texts={"q-b": "Words"}, reader=person("moderator"))
    page.closes = TODAY - timedelta(days=800)
    page.save()
    path = backed_up()
    said = restored(path)
    assert "by retention" in said and "0 by retention" not in said
    assert not Answer.objects.exclude(sealed=b"").exists()


def test_a_restore_without_the_key_touches_nothing(site, settings):
    path = backed_up()
    response(site[1], closed={"a": "1"})
    settings.ANSWER_OPEN_KEYS = [generate_key_pair()[1]]
    with pytest.raises(CommandError, match="no key"):
        call_command("restore", path, yes=True)
    assert Response.objects.count() == 1


def test_a_damaged_backup_touches_nothing(site):
    path = backed_up()
    response(site[1], closed={"a": "1"})
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(CommandError, match="cut short"):
        call_command("restore", path, yes=True)
    assert Response.objects.count() == 1


def test_a_restore_asks_first_and_says_when_there_is_no_file(site, folder):
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", folder / "none")
    with pytest.raises(CommandError, match="no file"):
        call_command("restore", folder / "none", yes=True)


@pytest.mark.slow
def test_nobody_has_a_role_where_a_restore_fails_half_way(site, person, monkeypatch):
    """What is taken out again takes minutes. A site that is served meanwhile must open to none of the old accounts."""
    person("moderator")
    path = backed_up()
    monkeypatch.setattr(recovery, "replay_erasures", lambda stones, agencies: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        recovery.restore_backup(path)
    assert not User.objects.filter(groups__isnull=False).exists()


@pytest.mark.slow
def test_words_of_a_panel_that_were_left_out_do_not_come_back_and_others_are_read_again(site, person):
    reader, officer = person("moderator"), person("engagement_officer")
    held = PanelRound.objects.create(consultation=site[0], questions=[], made_on=TODAY, made_by=officer)
    said = dict.fromkeys(("out", "cleared", "passed"), "Say which park you mean.")
    panel_words.keep_words(panel_round=held, digest="of a member", words=said, language="en")
    panel_words.screen_panel_words()
    path, by_question = backed_up(), {one.question: one for one in PanelWords.objects.all()}
    panel_words.leave_words_out(words=by_question["out"], by=reader)
    panel_words.clear_words(words=by_question["cleared"], by=reader, text="Say it.")
    panel_words.pass_words_to_lead(words=by_question["passed"], by=reader)
    assert "1 words of the youth panel" in restored(path)
    assert {one.question for one in panel_words.list_for_readers()} == {"cleared", "passed"}
    assert not PanelWords.objects.filter(sealed=None).exists(), "no officer sees what was not cleared here"
    assert not ContactRequest.objects.exists(), "which the backup does not hold, so a reader decides again"
    assert PanelRound.objects.with_unread_words().get().unread_since == TODAY
