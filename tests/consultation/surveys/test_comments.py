"""Officers' comments on questions stay private and send no mail."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, PageSubscription

from tests.consultation.surveys.test_editing import FEEL, GO, edit, form

pytestmark = pytest.mark.django_db
SAID = "Is this too long?"


def comment(path="body.go.text"):
    return {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-text": SAID,
        "comments-0-position": "",
        "comments-0-contentpath": path,
        "comments-0-resolved": "",
        "comments-0-id": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }


def test_a_comment_is_kept_at_its_question_and_told_to_who_follows(client_as, parks, person):
    other = person("engagement_officer")
    PageSubscription.objects.create(page=parks, user=other, comment_notifications=True)
    editor = client_as("engagement_officer")
    assert editor.post(edit(parks), form(GO, FEEL, **comment())).status_code == 302
    assert [(one.text, one.contentpath) for one in Comment.objects.all()] == [(SAID, "body.go.text")]
    assert SAID in client_as("engagement_officer").get(edit(parks)).content.decode()
    assert [message.to for message in mail.outbox] == [[other.email]]


def test_it_needs_no_mail(client_as, parks, person, settings):
    PageSubscription.objects.create(page=parks, user=person("engagement_officer"), comment_notifications=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    answer = client_as("engagement_officer").post(edit(parks), form(GO, FEEL, **comment()), follow=True)
    assert answer.status_code == 200 and "Your comment is kept." in answer.content.decode()
    assert Comment.objects.count() == 1


def test_nobody_outside_reads_it(client_as, parks, publish, client):
    client_as("engagement_officer").post(edit(parks), form(GO, FEEL, **comment()))
    page = publish(type(parks).objects.get(pk=parks.pk).get_latest_revision_as_object())
    assert SAID not in str(page.versions.get().content)
    assert SAID not in client.get(page.get_url()).content.decode()
    survey = reverse("answering:survey", kwargs={"slug": page.slug})
    assert SAID not in client.get(survey).content.decode()
