"""Import of codes that people made in another tool."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultation.audit.models import AuditEntry
from insights.coding.desk.actions import confirm_many_texts, undo_confirmed_codes
from insights.coding.models import Code, CodingStatus, Theme
from insights.corpus.models import Text
from tests import factories


@pytest.fixture
def uncoded(answered, officer):
    """Two texts that nobody has coded, of the 80 that the officer has."""
    texts = list(Text.objects.filter(text__startswith="rare").order_by("text")[:2])
    for text in texts:
        undo_confirmed_codes(text=text, by=officer)
    return texts


def test_many_choices_are_peoples_codes_with_one_line_in_the_log(answered, uncoded, colleague):
    lights, staff = Theme.objects.get(slug="lights"), Theme.objects.get(slug="staff")
    before = AuditEntry.objects.count()
    first, second = uncoded
    assert (
        confirm_many_texts(consultation=answered, choices=[(first, [lights, staff]), (second, [])], by=colleague) == 2
    )
    assert set(Code.objects.by_people().filter(text=first).values_list("theme", "coder")) == {
        (lights.pk, colleague.pk),
        (staff.pk, colleague.pk),
    }
    assert CodingStatus.objects.get(text=second).coder == colleague
    assert AuditEntry.objects.count() == before + 1
    assert AuditEntry.objects.latest("seq").data == {"texts": 2}


def test_what_a_person_chose_here_stands(answered, colleague, officer):
    text = Text.objects.get(text="lights number 01")
    assert confirm_many_texts(consultation=answered, choices=[(text, [])], by=colleague) == 0
    assert CodingStatus.objects.get(text=text).coder == officer
    assert Code.objects.by_people().filter(text=text).count() == 1


def test_themes_of_another_codebook_are_refused(answered, uncoded, colleague):
    from insights.coding.codebooks import load_codebook

    load_codebook(slug="other", name="Other", themes=[{"slug": "else", "label": "Else"}], by=colleague)
    stranger = Theme.objects.get(slug="else")
    with pytest.raises(ValidationError, match="not in the codebook in force"):
        confirm_many_texts(consultation=answered, choices=[(uncoded[0], [stranger])], by=colleague)
    assert not CodingStatus.objects.filter(text=uncoded[0]).exists()


def test_texts_of_another_consultation_are_refused(answered, uncoded, home, colleague):
    page, _ = factories.consultation(home, slug="town", title="Town", items=[factories.question("a", "long_text")])
    with pytest.raises(ValidationError, match="another consultation"):
        confirm_many_texts(consultation=page, choices=[(uncoded[0], [])], by=colleague)


def test_whoever_may_not_code_may_not_bring_codes(answered, uncoded):
    with pytest.raises(PermissionDenied):
        confirm_many_texts(consultation=answered, choices=[(uncoded[0], [])], by=factories.staff("reader@example.org"))
