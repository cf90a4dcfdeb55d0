import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from insights.forms import FileTrialForm, SeenApprovalForm, run_action, save_form
from insights.publishing.forms import PublishForm


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture
def posting(rf):
    def post(**data):
        request = rf.post("/", data)
        request.user, request._messages = "ada", CookieStorage(request)
        return request

    return post


def refuse(*, by, **given):
    raise ValidationError({"name": "Taken.", "other": "Not now."})


def test_a_form_hands_its_values_to_the_action(posting):
    request = posting(name="Kites")
    kept = save_form(request, NameForm(request.POST), lambda **given: given, "Kept.", place=3)
    assert kept == {"by": "ada", "place": 3, "name": "Kites"}
    assert [str(each) for each in get_messages(request)] == ["Kept."]


def test_a_refusal_stands_at_its_field_or_else_above_the_form(posting):
    request = posting(name="Kites")
    form = NameForm(request.POST)
    assert save_form(request, form, refuse, "Kept.") is None
    assert form.errors == {"name": ["Taken."], "__all__": ["Not now."]}
    assert not list(get_messages(request))


def test_what_is_not_valid_reaches_no_action(posting):
    request = posting(name="")
    assert save_form(request, NameForm(request.POST), refuse) is None


@pytest.mark.parametrize("result", [None, "release"])
def test_a_button_tells_what_came_of_it(posting, result):
    assert run_action(posting(), lambda by: result, "Done.") == (result or True)
    request = posting()
    assert run_action(request, refuse, "Done.") is None
    assert [str(each) for each in get_messages(request)] == ["Taken. Not now."]


def test_a_missing_or_broken_value_of_a_button_is_empty():
    assert PublishForm(QueryDict("hard_because=%00")).given_values() == {"seen_state": "", "hard_because": ""}
    assert SeenApprovalForm(QueryDict("stop=&seen=a1")).given_values() == {"seen": "a1", "stop": True}
    assert not SeenApprovalForm(QueryDict("")).given_values()["stop"]


def test_a_sheet_is_read_from_its_file_or_else_from_the_box():
    def read(data, *files):
        form = FileTrialForm(data, dict(files))
        assert form.is_valid()
        return form.read(most_bytes=10)

    assert read({"text": " a,b\0\n"}) == " a,b\n"
    assert read({"text": "old"}, ("file", SimpleUploadedFile("a.csv", b"new"))) == "new"
    assert read({}, ("file", SimpleUploadedFile("a.csv", b"much too long"))) is None
    assert read({}, ("file", SimpleUploadedFile("a.csv", b""))) == ""
