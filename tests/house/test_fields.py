"""Every field declares whose personal data it may hold; fields of a respondent keep no time and join no other
table."""

import re
import sqlite3
from contextlib import closing

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from cms.demo.empty_tables import write_empty_tables
from cms.operations.personal_data import FIELDS, DataSubject

OURS = ("cms", "consultation", "insights")
SEARCH_INDEX = re.compile("insights_(text|quote)_search")  # of cleared words, made by insights/search
# The clocks that safety needs: each ends with what it is for, or says when a person of staff acted.
CLOCKS = {
    "consultation.CaseNote.written_at",
    "consultation.NamedPlace.written_at",
    "consultation.ContactNote.written_at",
    "consultation.ContactRequest.due",
    "consultation.Draft.later",
    "consultation.EmergencyAccess.due_at",
    "consultation.EmergencyAccess.ends_at",
    "consultation.EmergencyAccess.opened_at",
    "consultation.EmergencyAccess.reviewed_at",
    "consultation.Lease.until",
    "consultation.Reading.decided_at",
    "consultation.Reading.release_at",
    "consultation.CaseLink.ended_at",
    "consultation.CaseLink.made_at",
    "consultation.CaseReferral.decided_at",
    "consultation.CaseReferral.sent_at",
    "consultation.CaseSearch.searched_at",
    "consultation.TriageCase.closed_at",
    "consultation.TriageCase.due_at",
    "consultation.TriageCase.moved_at",
    "consultation.TriageCase.opened_at",
    "consultation.WithdrawnText.due",
    "consultation.WithdrawnText.keep_until",
}
# Framework tables with data about staff. None holds data about respondents.
FRAMEWORK_TABLES_ABOUT_STAFF = {
    "account.EmailAddress",
    "account.EmailConfirmation",
    "mfa.Authenticator",
    "sessions.Session",
    "socialaccount.SocialAccount",
    "socialaccount.SocialToken",
    "wagtailusers.UserProfile",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.APIToken",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.Page",
    "wagtailcore.PageLogEntry",
    "wagtailcore.PageSubscription",
    "wagtailcore.Revision",
    "wagtailcore.TaskState",
    "wagtailcore.UploadedFile",
    "wagtailcore.WorkflowState",
    "wagtaildocs.Document",
    "wagtailimages.Image",
    "wagtail_localize.SegmentOverride",
    "wagtail_localize.StringTranslation",
}


def data_subject_of(label, field):
    """Data subject of a field, by its model's label; None if not listed."""
    return next((kind for kind, names in FIELDS.get(label, {}).items() if field in names.split()), None)


def our_models():
    return [
        model
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if model._meta.managed and not model._meta.proxy
    ]


def own_fields(model):
    """Columns of this table: inherited columns belong to the table that declares them."""
    return [
        field
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if not field.auto_created and not getattr(field.remote_field, "parent_link", False)
    ]


def test_every_field_is_classified():
    missing = [
        f"{m._meta.label}.{f.name}"
        for m in our_models()
        for f in own_fields(m)
        if not data_subject_of(m._meta.label, f.name)
    ]
    assert missing == []


def test_the_table_classifies_nothing_that_is_gone():
    known = {m._meta.label: {field.name for field in own_fields(m)} for m in our_models()}
    gone = [
        f"{label}.{name}"
        for label, kinds in FIELDS.items()
        for names in kinds.values()
        for name in names.split()
        if name not in known.get(label, ())
    ]
    assert gone == []


def test_no_table_has_a_column_that_no_model_names(tmp_path):
    """What an earlier release kept would be in no list of ours. The demo's tables are those that all migrations make."""
    write_empty_tables({"ENGINE": "sqlite", "NAME": tmp_path / "new.sqlite3"})
    models_of = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in tables if name.startswith(OURS) and not SEARCH_INDEX.match(name)]
        for table in ours:
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
            assert columns == {field.column for field in models_of[table]._meta.local_fields}, table
    assert len(ours) > 150


def test_no_field_is_classified_twice():
    for label, kinds in FIELDS.items():
        names = [name for listed in kinds.values() for name in listed.split()]
        assert len(names) == len(set(names)), label


def test_every_field_that_points_at_staff_says_so():
    wrong = [
        f"{m._meta.label}.{f.name}"
        for m in our_models()
        for f in own_fields(m)
        if f.is_relation and f.related_model._meta.label == settings.AUTH_USER_MODEL
        if data_subject_of(m._meta.label, f.name) != DataSubject.STAFF
    ]
    assert wrong == []


def test_what_holds_a_respondents_data_keeps_no_time_but_the_clocks_of_safety():
    about = {label for label, kinds in FIELDS.items() if DataSubject.RESPONDENT in kinds}
    times = {
        f"{m._meta.label}.{f.name}"
        for m in our_models()
        for f in own_fields(m)
        if m._meta.label in about and isinstance(f, (models.DateTimeField, models.TimeField))
    }
    assert times == CLOCKS


def test_tables_with_answers_are_kept_in_the_order_of_a_random_key():
    for label in (
        "Response",
        "Answer",
        "Receipt",
        "Screening",
        "Reading",
        "ContactRequest",
        "Mailbox",
        "MailboxMessage",
        "WithdrawnText",
        "HeardAnswer",
    ):
        assert apps.get_model("consultation", label)._meta.db_table in settings.TABLES_IN_KEY_ORDER


@pytest.mark.parametrize("label", sorted(FRAMEWORK_TABLES_ABOUT_STAFF))
def test_the_frameworks_tables_about_staff_exist(label):
    assert apps.get_model(label)._meta.label == label


def test_every_framework_table_that_points_at_staff_is_listed():
    pointing = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label not in OURS
        for field in model._meta.local_fields
        if field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL
    }
    assert pointing - FRAMEWORK_TABLES_ABOUT_STAFF == set()


def test_no_framework_notes_when_a_respondents_row_was_saved():
    """Wagtail enqueues a task, with its time, for each save of a model that it tracks or searches."""
    from modelsearch.index import get_indexed_models
    from wagtail.models import ReferenceIndex

    noted = {model._meta.label for model in [*ReferenceIndex.tracked_models, *get_indexed_models()]}
    about = {label for label, kinds in FIELDS.items() if DataSubject.RESPONDENT in kinds}
    assert noted & about == set()
    assert "consultation.ConsultationPage" in noted
