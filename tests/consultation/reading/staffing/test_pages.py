"""Officers and leads name readers, see days without cover, and see unmet conditions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.access import NotAllowed
from consultation.audit.models import AuditEntry
from consultation.reading.staffing import actions
from consultation.reading.staffing.models import NamedReader
from consultation.surveys.models import ConsultationPage
from tests import factories

pytestmark = pytest.mark.any_database

READERS = "/staff/readers/"


@pytest.fixture
def now_open(home):
    today = timezone.localdate()
    return factories.consultation(
        home, items=[factories.question("a", "long_text")], opens=today, closes=today + timedelta(days=14)
    )[0]


def sent(reader, page, **more):
    until = page.closes + timedelta(days=20)
    return {"readers": [reader.pk], "first_day": str(timezone.localdate()), "last_day": str(until)} | more


def test_without_consultations_it_says_what_to_do_first(client_as):
    shown = client_as("engagement_officer").get(READERS).content.decode()
    assert "No consultation needs a reader now." in shown
    assert "Nobody is a reader here." in shown


def test_a_reader_is_named_and_taken_out(client_as, person, now_open):
    officer, reader, page = client_as("engagement_officer"), person("moderator"), f"{READERS}{now_open.pk}/"
    assert "No reader and no lead and no backup" in officer.get(page).content.decode()
    assert officer.post(page, sent(reader, now_open)).status_code == 302
    shown = officer.get(page).content.decode()
    assert f"Read by {reader}" in shown
    assert "One reader: nobody to ask." not in shown, "there is no lead yet: the gap is said first"
    named = NamedReader.objects.get()
    assert (named.reader, named.page) == (reader, now_open)
    officer.post(f"{READERS}take-out/{named.pk}/", {"back": now_open.pk})
    assert not NamedReader.objects.exists()
    assert list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True)) == [
        "readers named",
        "reader taken out",
    ]


def test_with_everybody_there_it_says_so(client_as, person, now_open):
    factories.somebody_reads(person)
    lead = client_as("safeguarding_lead")
    assert (
        "Every working day has a reader, a lead and a backup." in lead.get(f"{READERS}{now_open.pk}/").content.decode()
    )
    listed = lead.get(READERS).content.decode()
    assert "Every working day has a reader" in listed
    assert "Named for every consultation" in listed


def test_a_reader_for_every_consultation_shows_on_each(client_as, person, now_open):
    officer, reader = client_as("engagement_officer"), person("moderator")
    officer.post(f"{READERS}{now_open.pk}/", sent(reader, now_open, everywhere="on"))
    assert NamedReader.objects.get().page is None
    assert "for every consultation" in officer.get(f"{READERS}{now_open.pk}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"readers": []}, "Choose who reads."),
        ({"first_day": ""}, "Choose a day."),
        ({"last_day": "2020-01-01"}, "The last day is before the first."),
        ({"first_day": "soon"}, "Write the day as 2027-03-31."),
    ],
)
def test_what_is_missing_is_said_beside_it(client_as, person, now_open, changes, said):
    reader = person("moderator")
    answer = client_as("engagement_officer").post(f"{READERS}{now_open.pk}/", sent(reader, now_open) | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode() and "Nobody was named." in answer.content.decode()
    assert not NamedReader.objects.exists()


def test_only_readers_are_named(person, now_open):
    officer, today = person("engagement_officer"), timezone.localdate()
    for readers, since in (([officer], today), ([], today), ([person("moderator")], today + timedelta(days=9))):
        with pytest.raises(NotAllowed):
            actions.name_readers(page=now_open, readers=readers, first_day=since, last_day=today, by=officer)


def test_a_draft_is_planned_by_its_newest_words(client_as, now_open):
    ConsultationPage.objects.filter(pk=now_open.pk).update(live=False)
    draft = ConsultationPage.objects.get(pk=now_open.pk)
    draft.opens = timezone.localdate() + timedelta(days=10)
    draft.save_revision()
    shown = client_as("engagement_officer").get(f"{READERS}{now_open.pk}/").content.decode()
    assert "It cannot be published before they are filled." in shown
    assert f"{timezone.localdate():%A %-d %B}".replace(" 0", " ") not in shown.partition("Name readers")[0]


def test_a_draft_without_dates_is_blamed_for_no_day(client_as, now_open):
    """It was said to have gaps in the next four weeks, whenever it would open."""
    ConsultationPage.objects.filter(pk=now_open.pk).update(live=False, opens=None, closes=None)
    ConsultationPage.objects.get(pk=now_open.pk).save_revision()
    officer = client_as("engagement_officer")
    shown = officer.get(f"{READERS}{now_open.pk}/").content.decode()
    assert "It has no dates yet." in shown and "have a gap" not in shown and "Day by day" not in shown
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[now_open.pk])}#id_opens"' in shown
    assert now_open.title not in officer.get(READERS).content.decode()


def test_the_editor_says_what_holds_it_back(client_as, now_open):
    officer = client_as("engagement_officer")
    ConsultationPage.objects.filter(pk=now_open.pk).update(live=False)
    edit = officer.get(f"/staff/pages/{now_open.pk}/edit/").content.decode()
    assert "working days have a gap" in edit
    assert f"{READERS}{now_open.pk}/" in edit
