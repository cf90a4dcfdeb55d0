"""Translations of a decision: authors, confirmers, and the public text until confirmation."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from insights.decisions.actions import change_decision, publish_decision
from insights.decisions.ledger.ledger_verification import list_ledger_problems
from insights.decisions.models import Decision
from insights.decisions.progress.actions import note_progress
from insights.decisions.translations.actions import (
    confirm_translation,
    get_english_words,
    get_translation_words,
    translate_decision,
)
from insights.publishing import translation_confirmation

pytestmark = pytest.mark.any_database


def test_a_planner_translates_a_draft_and_an_officer_what_is_public(decision, planner, colleague):
    translate_decision(decision, by=planner, language="pl", words={"title": "Lampy", "machine": False})
    publish_decision(decision=Decision.objects.get(pk=decision.pk), by=colleague)
    public = Decision.objects.get(pk=decision.pk)
    with pytest.raises(PermissionDenied):
        translate_decision(public, by=planner, language="pl", words={})
    note = note_progress(decision=public, by=colleague, progress="done", words="Done.")
    words = {"title": "Lampy!", "machine": True, "notes": {note.pk: "Gotowe."}}
    translate_decision(public, by=colleague, language="pl", words=words)
    note.refresh_from_db()
    assert note.words == {"en": "Done.", "pl": "Gotowe."}
    assert Decision.objects.get(pk=public.pk).said("title", "pl") == public.title, "it waits for someone else"
    assert list_ledger_problems() == []


@pytest.fixture
def polish(public, colleague, officer):
    """Written by one, confirmed by the other."""
    translate_decision(public, by=colleague, language="pl", words={"title": "Lampy", "machine": False})
    return confirm_translation(public, by=officer, language="pl")


def test_a_note_put_into_a_checked_language_waits_with_it(polish, colleague):
    note = note_progress(decision=polish, by=colleague, progress="done", words="Done.")
    assert Decision.objects.get(pk=polish.pk).said("title", "pl") == "Lampy"
    words = {"title": "Lampy", "machine": False, "notes": {note.pk: "Gotowe."}}
    assert translate_decision(polish, by=colleague, language="pl", words=words).said("title", "pl") == polish.title


def test_a_change_of_words_sends_translations_back_to_their_checker(polish, colleague):
    same = change_decision(decision=polish, by=colleague, agency="The council", why="It is theirs now.")
    assert same.said("title", "pl") == "Lampy"
    changed = change_decision(
        decision=polish, by=colleague, we_did="We will light all of it.", why="More than we said."
    )
    assert changed.said("title", "pl") == polish.title
    assert changed.translations["pl"]["title"] == "Lampy", "kept, and to be checked"


def test_nobody_confirms_words_against_an_english_they_have_not_seen(public, colleague, officer):
    pl = translate_decision(public, by=colleague, language="pl", words={"title": "Lampy", "machine": False})
    seen = translation_confirmation.hash_translation_state(get_translation_words(pl, "pl"), get_english_words(pl))
    change_decision(decision=pl, by=colleague, we_did="We will light none of it.", why="The money is gone.")
    with pytest.raises(ValidationError, match="after you opened it"):
        confirm_translation(public, by=officer, language="pl", seen_state=seen)
    with pytest.raises(ValidationError, match="no words here"):
        confirm_translation(public, by=officer, language="en")


@pytest.mark.parametrize("title", ["Abuse w parkach", "Gwałt", "Exploatare sexuală", "جنسی استحصال", "যৌন নির্যাতন"])
def test_a_title_is_quiet_in_every_language(public, colleague, officer, title):
    """Someone may look over a child's shoulder; so it is neither written nor, where it stands from before, confirmed."""
    with pytest.raises(ValidationError) as error:
        translate_decision(public, by=colleague, language="pl", words={"title": title, "we_did": "Lampy."})
    assert "quieter" in error.value.message_dict["title"][0]
    Decision.objects.update(translations={"pl": {"title": title, "writers": [colleague.pk], "checked_by": ""}})
    with pytest.raises(ValidationError, match="quieter"):
        confirm_translation(public, by=officer, language="pl")
    assert Decision.objects.get().said("title", "pl") == public.title
