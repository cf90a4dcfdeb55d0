"""The codebooks' pages: a draft from start to force, errors in place, permissions."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultation.audit.models import AuditEntry
from insights.coding.codebooks.actions import open_draft_of
from insights.coding.codebooks.editing.actions import change_theme, merge_theme, split_theme
from insights.coding.codebooks.theme_entry_rows import row_of_entry
from insights.coding.desk.actions import confirm_codes
from insights.coding.desk.desk_arrangement import arrange_desk
from insights.coding.models import Codebook
from insights.releases.models import Release

pytestmark = pytest.mark.any_database


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def other(colleague):
    client = Client()
    client.force_login(colleague, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *more):
    return reverse(f"insights:{name}", args=["seed", *more])


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def approve(client, number):
    seen = client.get(at("codebook-version", number)).context["seen"]
    return client.post(at("approve-codebook", number), {"seen": seen}, follow=True)


def test_the_list_says_which_consultation_uses_which(client, book, parks):
    parks[0].__class__.objects.filter(pk=parks[0].pk).update(codebook="seed")
    Codebook.objects.create(slug="other", name="Other")
    told = words(client.get(reverse("insights:codebooks")))
    assert "Used by Parks" in told
    assert "No consultation names it yet" in told


def test_a_consultation_that_names_no_codebook_we_have_is_told(client, parks):
    assert "and there is none" in words(client.get(reverse("insights:codebooks")))


def test_from_a_draft_to_force_with_a_merge(client, other, book, text, theme, officer):
    for _ in range(12):
        confirm_codes(text=text("it is dark [PLACE]"), themes=[theme("lights")], by=officer)
    answer = client.post(at("begin-codebook-draft"), follow=True)
    assert "This draft says what the version in force says" in words(answer)
    look = client.get(at("merge-theme", 2, "lights"))
    assert "People coded some answers with it" in words(look)
    assert '<span class="tagged">[PLACE]</span>' in look.content.decode()
    wrong = client.post(at("merge-theme", 2, "lights"), {"into": "staff", "why": ""})
    assert wrong.status_code == 422
    assert "Something needs another look" in words(wrong)
    done = client.post(at("merge-theme", 2, "lights"), {"into": "staff", "why": "One thing."}, follow=True)
    assert "“Lights” is merged into “Staff”" in words(done)
    assert "They become “Staff”" in words(done)
    assert "It waits for a second person" in words(approve(client, 2))
    assert "This version is in force" in words(approve(other, 2))
    after = words(client.get(at("codebook-version", 2)))
    assert "Some answers that people had coded as “Lights” became “Staff”" in after
    assert "This theme was merged" in words(client.get(at("codebook-theme", "lights")))


def test_an_approval_of_an_old_page_approves_nothing(client, other, draft, book):
    seen = client.get(at("codebook-version", 2)).context["seen"]
    client.post(at("add-theme", 2), {"label": "Benches", "gravity": "1"})
    answer = other.post(at("approve-codebook", 2), {"seen": seen}, follow=True)
    assert "changed this draft after you opened" in words(answer)
    assert not draft.approved_by.exists()


def test_a_theme_is_added_and_edited_with_all_it_says(client, draft):
    said = {
        "label": "Benches", "family": "parks", "definition": "Where to sit", "examples": "no seat\n\nnowhere to sit",
        "keywords": "bench", "gravity": "2", "online": "on", "links": ["understand-locations"],
    }  # fmt: skip
    client.post(at("add-theme", 2), said)
    entry = draft.entries.get(label="Benches")
    assert (entry.theme.slug, entry.examples, entry.online) == ("benches", ["no seat", "nowhere to sit"], True)
    assert entry.links == [{"strand": 1, "sub_point": "understand-locations"}]
    answer = client.get(at("edit-theme", 2, "benches"))
    page, seen = answer.content.decode(), answer.context["seen"]
    assert "no seat\nnowhere to sit" in page
    assert 'value="understand-locations" id="point-understand-locations" checked' in page
    client.post(at("edit-theme", 2, "benches"), said | {"label": "Seats", "seen": seen})
    told = words(client.get(at("codebook-version", 2)))
    assert "New: Seats" in told


def test_a_second_label_of_the_same_name_is_refused_in_place(client, draft):
    answer = client.post(at("add-theme", 2), {"label": "LIGHTS", "gravity": "1"})
    assert answer.status_code == 422
    assert "Another theme of this draft is called" in words(answer)


def test_a_split_needs_two_names(client, draft):
    one = {"label_1": "Inside", "why": "Two.", "label_2": ""}
    assert client.post(at("split-theme", 2, "lights"), one).status_code == 422
    same = client.post(at("split-theme", 2, "lights"), one | {"label_2": "inside"})
    assert "a name of its own" in words(same)
    done = client.post(at("split-theme", 2, "lights"), one | {"label_2": "Outside"}, follow=True)
    assert "“Lights” is split into “Inside”, “Outside”" in words(done)


def test_move_retire_order_and_undo(client, draft, theme):
    client.post(at("move-theme", 2, "lights"), {"family": "Streets", "why": "Outside."})
    client.post(at("retire-theme", 2, "buses"), {"why": "Rare."})
    client.post(at("shift-theme", 2, "staff"), {"to": "down"})
    told = words(client.get(at("codebook-version", 2)))
    assert "“Lights” is moved from “Places”" in told
    assert "“Buses” is retired" in told
    for act in draft.acts.order_by("-pk"):
        client.post(at("undo-theme-act", 2, act.pk))
    assert draft.entries.get(theme=theme("lights")).family == "places"
    assert draft.entries.filter(theme=theme("buses")).exists()


def test_texts_of_a_split_theme_wait_on_the_desk(client, book, draft, text, theme, officer, both, parks):
    parks[0].__class__.objects.filter(pk=parks[0].pk).update(codebook="seed")
    one = text("the lamps are broken")
    confirm_codes(text=one, themes=[theme("lights")], by=officer)
    parts = [{"label": "Inside"}, {"label": "Outside"}]
    split_theme(entry=draft.entries.get(theme=theme("lights")), parts=parts, why="Two things.", by=officer)
    both(draft)
    arrange_desk()
    told = words(client.get(reverse("insights:coding-desk", args=["parks"])))
    assert "the lamps are broken" in told and "None of it is coded yet" in told
    told = words(client.get(reverse("insights:code-text", args=[one.pk])))
    assert "it was “Lights” before version 2" in told
    assert "that theme was split into “Inside” and “Outside”: a person chooses. Why: Two things." in told
    assert "few or no answers wait for a person" in words(client.get(at("codebook")))
    confirm_codes(text=one, themes=[], by=officer)
    arrange_desk()
    told = words(client.get(reverse("insights:coding-desk", args=["parks"], query={"show": "all"})))
    assert "All of it is coded" in told and "Nothing proposed" in told


def test_a_version_approved_while_a_coder_reads_is_named_and_no_colleague_is(
    client, draft, text, theme, officer, colleague, both, parks
):
    parks[0].__class__.objects.filter(pk=parks[0].pk).update(codebook="seed")
    one = text()
    confirm_codes(text=one, themes=[theme("lights")], by=colleague)
    address = reverse("insights:code-text", args=[one.pk])
    seen = client.get(address).context["seen"]
    split_theme(
        entry=draft.entries.get(theme=theme("lights")), parts=[{"label": "A"}, {"label": "B"}], why="Two.", by=officer
    )
    both(draft)
    answer = client.post(address, {"seen": seen, "themes": [theme("lights").pk], "memo": "my note"})
    told = words(answer)
    assert answer.status_code == 409
    assert "A new version of the codebook was approved" in told and "coded this while" not in told
    assert "my note" in told
    again = answer.context["seen"]
    refused = client.post(address, {"seen": again, "themes": [theme("lights").pk]})
    assert "not in the codebook in force: “Lights”" in words(refused)
    client.post(address, {"seen": again, "themes": [theme("a").pk]})
    assert [code.theme.slug for code in one.codes.by_people()] == ["a"]


def test_a_version_goes_out_as_a_file_and_comes_back_as_a_draft(client, book):
    taken = {form: client.get(at("codebook-file", 1, form)) for form in ("csv", "yaml")}
    assert AuditEntry.objects.filter(verb="export made").count() == 2
    for answer in taken.values():
        text = b"".join(answer) if answer.streaming else answer.content
        tried = client.post(at("import-codebook"), {"file": SimpleUploadedFile("book", text)})
        assert (tried.status_code, tried.context["differences"]) == (200, [])
    changed = text.decode().replace("label: Lights", "label: Lamps")
    told = words(client.post(at("import-codebook"), {"text": changed, "do": "try"}))
    assert "Changed its name" in told
    assert open_draft_of(book) is None
    client.post(at("import-codebook"), {"text": changed, "do": "keep"})
    assert open_draft_of(book).entries.get(theme__slug="lights").label == "Lamps"


def test_a_file_with_a_fault_is_told_row_by_row_and_nothing_is_kept(client, book):
    answer = client.post(at("import-codebook"), {"text": "id,label\nlights,Lights\nx,\n", "do": "keep"})
    assert answer.status_code == 422
    assert "Line 3. There is no label." in words(answer)
    assert open_draft_of(book) is None


def test_a_codebook_is_begun(client, book):
    assert client.post(reverse("insights:begin-codebook"), {"name": "X", "slug": "seed"}).status_code == 422
    answer = client.post(reverse("insights:begin-codebook"), {"name": "Buses", "slug": "buses"}, follow=True)
    assert "Add its first theme" in words(answer)


def test_pages_of_what_is_in_force_cannot_be_edited(client, book):
    for address in (at("edit-theme", 1, "lights"), at("merge-theme", 1, "lights"), at("add-theme", 1)):
        assert "no draft any more" in words(client.get(address, follow=True))
    answer = client.post(at("add-theme", 1), {"label": "What I wrote", "gravity": "1"})
    assert answer.status_code == 422 and "What I wrote" in answer.content.decode()


def test_two_officers_who_edit_one_theme_overwrite_nothing(client, other, draft, theme):
    old = client.get(at("edit-theme", 2, "lights")).context["seen"]
    mine = {"label": "Lights", "definition": "Mine", "gravity": "1", "seen": old}
    other.post(at("edit-theme", 2, "lights"), mine | {"definition": "Theirs", "examples": "it is dark"})
    answer = client.post(at("edit-theme", 2, "lights"), mine)
    assert answer.status_code == 422
    told = words(answer)
    assert "A colleague changed this theme" in told and "Theirs" in told and "Mine" in told
    assert draft.entries.get(theme=theme("lights")).definition == "Theirs"
    client.post(at("edit-theme", 2, "lights"), mine | {"seen": answer.context["seen"]})
    assert draft.entries.get(theme=theme("lights")).definition == "Mine"


def test_what_a_colleague_took_out_of_the_draft_is_said(client, draft, theme, officer):
    entry = draft.entries.get(theme=theme("lights"))
    act = merge_theme(entry=entry, into=draft.entries.get(theme=theme("staff")), why="One.", by=officer)
    assert "took this theme out" in words(client.post(at("edit-theme", 2, "lights"), {"label": "L"}, follow=True))
    assert "took this theme out" in words(client.post(at("shift-theme", 2, "lights"), follow=True))
    entry.pk = act.before["entry"]["place"] + 10_000
    with pytest.raises(ValidationError, match="took this theme out"):
        change_theme(entry=entry, row=row_of_entry(entry), by=officer)
    for said in ("The draft is as it was", "has undone this already"):
        assert said in words(client.post(at("undo-theme-act", 2, act.pk), follow=True))


def test_a_reader_proposes_and_does_not_approve(client_as, draft):
    reader = client_as("moderator")
    assert reader.get(at("codebook-version", 2)).status_code == 200
    assert "Approve version" not in words(reader.get(at("codebook-version", 2)))
    assert reader.post(at("approve-codebook", 2)).status_code == 403


def test_no_browser_keeps_these_pages(client, book):
    assert "no-store" in client.get(at("codebook"))["Cache-Control"]


def test_an_officer_chooses_the_codebook_of_a_consultation(book):
    from consultation.surveys.codebook_choices import CodebookSelect

    page = CodebookSelect().render("codebook", "elsewhere")
    assert '<option value="seed">Seed</option>' in page
    assert '<option value="elsewhere" selected>elsewhere (not there yet)</option>' in page


def test_reports_of_the_past_keep_their_words_and_links_lead_on(
    client, book, draft, text, theme, officer, both, parks
):
    old = Release.objects.create(
        consultation=parks[0], number=1, codebook_version=draft.based_on, status="published", people=20,
        made_on=date(2026, 11, 1), made_by=officer, published_on=date(2026, 11, 2),
    )  # fmt: skip
    lights, staff, buses = (draft.entries.get(theme=theme(slug)) for slug in ("lights", "staff", "buses"))
    merge_theme(entry=lights, into=staff, why="One.", by=officer)
    split_theme(entry=buses, parts=[{"label": "By day"}, {"label": "By night"}], why="Two.", by=officer)
    both(draft)
    before = words(client.get(reverse("insights:theme", args=[old.pk, "lights"])))
    assert "this theme is part of “Staff” since version 2. This report keeps the words of its own version." in before
    old.pk, old.number, old.codebook_version = None, 2, draft
    old.save()
    assert client.get(reverse("insights:theme", args=[old.pk, "lights"])).url.endswith("/themes/staff/")
    assert "By day By night" in words(client.get(reverse("insights:theme", args=[old.pk, "buses"])))
    assert client.get(reverse("insights:theme", args=[old.pk, "nowhere"])).status_code == 404


def test_two_versions_are_compared_in_words(client, draft, theme, officer, both):
    lights, staff = (draft.entries.get(theme=theme(slug)) for slug in ("lights", "staff"))
    merge_theme(entry=lights, into=staff, why="One.", by=officer)
    both(draft)
    assert "Gone: Lights" in words(client.get(at("compare-codebooks", 2, 1)))
