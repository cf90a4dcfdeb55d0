"""Export and import of questionnaires: pages, drafts, audit entries."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultation.audit.models import AuditEntry
from consultation.surveys.actions import freeze_version
from consultation.surveys.exchange.actions import import_questionnaire
from consultation.surveys.exchange.sheet_parsing import InvalidQuestionnaire
from consultation.surveys.exchange.sheet_writing import build_cells
from consultation.surveys.models import ConsultationPage
from tests.consultation.surveys import typed

pytestmark = pytest.mark.any_database

HAND = """what,type,text,text [ur]
consultation,,Parks near you,آپ کے پارک
question,single,Do you go to a park?,کیا آپ پارک جاتے ہیں؟
choice,,Yes,ہاں
choice,,No,نہیں
question,long_text,What would help?,
"""


def published(parks, publish):
    parks.body = [typed.NEAR, typed.SAFE, typed.HOURS, typed.SINCE, typed.AREA, typed.AGE, typed.OWN, typed.WHERE]
    parks.save()
    publish(parks)


def test_a_published_questionnaire_comes_back_as_a_draft_that_freezes_alike(client_as, parks, publish):
    published(parks, publish)
    client = client_as("engagement_officer")
    reply = client.get(f"/staff/exchange/{parks.pk}/published.csv")
    raw = b"".join(reply.streaming_content)
    draft = import_questionnaire(raw=raw, name="parks.csv", by=client.user)
    assert (draft.live, draft.has_unpublished_changes, draft.versions.count()) == (False, True, 0)
    again = freeze_version(page=draft, by=client.user).content
    before = parks.versions.get().content
    assert again == before | {"slug": draft.slug}
    assert AuditEntry.objects.get(verb="questionnaire imported").object_id == str(draft.pk)
    export = AuditEntry.objects.get(verb="export made")
    assert (export.data["kind"], export.data["consultation"], export.data["version"]) == ("questionnaire", parks.pk, 1)


def test_a_draft_leaves_as_it_was_saved_last(client_as, parks, publish):
    published(parks, publish)
    draft = parks.get_latest_revision_as_object()
    draft.body = [typed.NEAR]
    draft.save_revision()
    reply = client_as("engagement_officer").get(f"/staff/exchange/{parks.pk}/draft.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(reply.streaming_content).decode())))
    assert [row["id"] for row in rows if row["what"] == "question"] == ["near"]


def test_a_draft_leaves_in_each_of_its_languages(client_as, index, officer):
    page = import_questionnaire(raw=HAND.encode(), name="parks.csv", by=officer)
    reply = client_as("engagement_officer").get(f"/staff/exchange/{page.pk}/draft.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(reply.streaming_content).decode())))
    asked = [row["text [ur]"] for row in rows if row["what"] != "promise"]
    assert asked == ["آپ کے پارک", "کیا آپ پارک جاتے ہیں؟", "ہاں", "نہیں", ""]


def test_three_columns_written_by_hand_are_enough(index, officer):
    page = import_questionnaire(raw=HAND.encode(), name="parks.csv", by=officer)
    assert (page.title, page.slug, page.live) == ("Parks near you", "parks-near-you", False)
    assert [child.block_type for child in page.body] == ["single", "long_text"]
    urdu = page.get_translations().get(locale__language_code="ur")
    assert (urdu.title, urdu.live, urdu.awaits_check) == ("آپ کے پارک", False, True)
    assert urdu.body[0].value["text"] == "کیا آپ پارک جاتے ہیں؟"
    assert [child.id for child in urdu.body] == [child.id for child in page.body]


def test_the_same_sheet_twice_is_two_drafts(index, officer):
    slugs = [import_questionnaire(raw=HAND.encode(), name="parks.csv", by=officer).slug for _ in range(2)]
    assert slugs == ["parks-near-you", "parks-near-you-2"]


GROUP = "b any_of y AND c any_of z"


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        ("a,b\n1,2\n", 1, "first row must hold the headings"),
        ("what,type,text\nconsultation,,Parks\n", 0, "There is no question"),
        ("what,type,text\nquestion,radio,Why?\n", 2, "“type” is one of"),
        ("what,type,text\nquestions,single,Why?\n", 2, "“what” is one of"),
        ("what,type,text\nchoice,,Yes\nquestion,single,Why?\n", 2, "stands below its question"),
        ("what,type,text\nquestion,single,\n", 2, "no words"),
        ("what,id,type,text\nquestion,a,single,Why?\nquestion,a,single,How?\n", 3, "Two questions have the id"),
        ("what,type,text,show_if\nquestion,single,Why?,a is yes\n", 2, "“show_if”"),
        (
            f"what,type,text,show_if\nquestion,single,Why?,a any_of x OR (d any_of w OR ({GROUP}))\n",
            2,
            "no further group",
        ),
        (f"what,text,show_if\npart,First,{'(' * 2000}a any_of x{')' * 2000}\n", 2, "no further group"),
        ("what,type,text\nconsultation,,About exploitation\nquestion,single,Why?\n", 2, "over a shoulder"),
        ("what,type,text,limit\nquestion,multiple,Why?,two\n", 2, "“limit” is a whole number"),
        ("what,type,text,to\nquestion,slider,How much?,999999\n", 2, "lie between 0 and 100"),
        ("what,type,text,from\nquestion,month,When?,-20\n", 2, "lie between 1900 and 2100"),
        (f"what,type,text,id\nquestion,single,Why?,{'a' * 101}\n", 2, "at most 100 letters"),
        (f"what,type,text,codebook\nconsultation,,Parks,{'a' * 51}\nquestion,single,Why?,\n", 2, "“codebook” is"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_row(index, officer, sheet, row, said):
    with pytest.raises(InvalidQuestionnaire) as found:
        import_questionnaire(raw=sheet.encode(), name="a.csv", by=officer)
    assert any(number == row and said in words for number, words in found.value.problems)
    assert not ConsultationPage.objects.exists()


def test_redundant_brackets_are_no_group(index, officer):
    sheet = f"what,type,text,show_if\nquestion,single,Why?,(((a any_of x)) OR ((({GROUP}))))\n"
    page = import_questionnaire(raw=sheet.encode(), name="a.csv", by=officer)
    assert page.body.raw_data[0]["value"]["show_if"]["of"][1]["type"] == "group"


def test_the_page_brings_a_file_and_opens_the_draft(client_as, index):
    client = client_as("engagement_officer")
    reply = client.post("/staff/exchange/", {"file": SimpleUploadedFile("parks.csv", HAND.encode())})
    page = ConsultationPage.objects.get(locale__language_code="en")
    assert reply["Location"] == f"/staff/pages/{page.pk}/edit/"
    assert f"/staff/exchange/{page.pk}/draft.csv" in client.get("/staff/exchange/").content.decode()


def test_the_page_says_what_is_wrong(client_as, index):
    reply = client_as("engagement_officer").post(
        "/staff/exchange/", {"file": SimpleUploadedFile("a.csv", b"what,type,text\nquestion,radio,Why?\n")}
    )
    assert reply.status_code == 422
    assert "Row 2: “type” is one of" in reply.content.decode()
    assert client_as("engagement_officer").post("/staff/exchange/", {}).status_code == 422


def test_no_cell_of_a_questionnaire_is_a_formula(parks, publish):
    parks.body = [typed.NEAR]
    parks.title = "=cmd|' /C calc'!A0"
    parks.save()
    names, rows = build_cells(publish(parks).versions.get().content)
    assert rows[0][names.index("text")] == "=cmd|' /C calc'!A0"  # audit.sheets guards it on the way out
