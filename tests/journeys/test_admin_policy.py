"""Wagtail's admin works fully under a policy without inline scripts."""

import re
from urllib.parse import urlsplit

import pytest
from PIL import Image as Picture
from playwright.sync_api import expect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale, Page

from cms.site.pages.models import InformationPage
from consultation.branding.models import Appearance
from consultation.safeguarding.help.directory import load_help_entries
from consultation.safeguarding.models import HelpEntry
from consultation.surveys.models import ConsultationIndexPage, ConsultationPage
from tests.journeys.test_publishing import open_tab, promise, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BROKEN = """addEventListener("securitypolicyviolation", (event) => console.error("policy: " +
  [event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber, event.sample].join(" ")))"""
# The editor saves by itself, and is told what is still missing: that is no fault of the page.
TOLD = "the server responded with a status of 400"


@pytest.fixture
def admin(signed_in, live_server):
    """admin(role): a page of that person; afterwards, nothing was refused by its policy, no script of it failed, and
    no other host was asked."""
    broken, hosts = [], set()

    def enter(role):
        page = signed_in(role, width=1280)
        page.set_default_timeout(15000)
        page.context.add_init_script(BROKEN)
        page.context.on("console", told)
        page.context.on("weberror", lambda error: broken.append(f"{error.page.url} {error.error}"))
        page.context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def told(line):
        if line.type == "error" and TOLD not in line.text:
            broken.append(f"{line.page.url} {line.text}")

    yield enter
    assert broken == []
    assert hosts - {urlsplit(live_server.url).netloc, ""} == set()


@pytest.fixture
def index(home):
    return ConsultationIndexPage.objects.get()


@pytest.fixture
def about(home):
    return InformationPage.objects.get(slug="accessibility")


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "kite.png"
    Picture.new("RGB", (400, 300), "#0b4f5a").save(path)
    return path


def wait_until_loaded(page):
    page.wait_for_load_state("networkidle")


def accepted(page):
    """Wagtail took what was sent."""
    expect(page.locator(".messages .success").first).to_be_visible(timeout=30000)
    wait_until_loaded(page)


def kinds():
    return [block.label for block in ConsultationPage.body.field.stream_block.child_blocks.values()]


def blocks_of(page):
    names = page.evaluate("[...document.querySelectorAll(\"[name^='body-']\")].map(field => field.name)")
    return [name for name in names if re.fullmatch(r"body-\d+-type", name)]


def add_block(page, kind):
    count = len(blocks_of(page))
    page.locator("[data-contentpath='body'] [title='Insert a block']").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    page.locator(f"[name='body-{count}-type']").wait_for(state="attached")


def more(page, name):
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name=name).first.click()


def choose_day(page, name):
    """The browser's own field shows the day as its reader writes it, and holds it as programs do."""
    field = page.locator(f"[name='{name}']")
    expect(field).to_have_attribute("type", "date")
    field.fill("2027-01-15")


def test_every_kind_of_question_can_be_added(admin, index):
    page = admin("engagement_officer")
    page.goto(f"/staff/pages/add/consultation/consultationpage/{index.pk}/")
    assert len(kinds()) >= 15
    for kind in kinds():
        add_block(page, kind)
    assert len(blocks_of(page)) == len(kinds())


def test_a_consultation_is_written_previewed_sent_for_approval_and_sent_back_with_a_comment(admin, index):
    page = admin("engagement_officer")
    write(page, index)
    open_tab(page, "How we will listen")
    choose_day(page, "opens")
    page.get_by_role("button", name="Save draft").click()
    accepted(page)
    draft = ConsultationPage.objects.get()
    promise(page)
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("iframe#w-preview-iframe")
    frame.get_by_text("Do you use a library?").first.wait_for(timeout=20000)
    for panel in ("status", "checks", "comments"):
        page.get_by_role("button", name=f"Toggle {panel}").click()
    more(page, "Submit to")
    accepted(page)
    assert draft.workflow_in_progress
    for path in ("history/", "workflow_history/", "usage/"):
        assert page.goto(f"/staff/pages/{draft.pk}/{path}").status == 200
        wait_until_loaded(page)
    lead = admin("safeguarding_lead")
    lead.goto(f"/staff/pages/{draft.pk}/edit/")
    more(lead, "Request changes")
    lead.locator(".modal-dialog textarea").fill("Please ask it more plainly.")
    with lead.expect_navigation():
        lead.locator(".modal-dialog [type=submit]").click()
    wait_until_loaded(lead)
    assert draft.current_workflow_state.status == "needs_changes"


def test_words_are_written_and_linked(admin, about):
    page = admin("engagement_officer")
    page.goto(f"/staff/pages/{about.pk}/edit/")
    editor = page.locator(".Draftail-Editor [contenteditable=true]").first
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Kites ")
    for _ in "Kites ":
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("link", name="External link").click()
    dialog.locator("[name='external-link-chooser-url']").fill("https://example.org/kites")
    dialog.locator("[type=submit]").click()
    dialog.wait_for(state="detached")
    expect(page.locator("[name=body]")).to_have_value(re.compile("https://example.org/kites"))
    page.get_by_role("button", name="Save draft").click()
    accepted(page)
    assert "https://example.org/kites" in InformationPage.objects.get(pk=about.pk).get_latest_revision_as_object().body


def test_a_page_is_given_the_day_on_which_it_goes_live(admin, about):
    page = admin("engagement_officer")
    page.goto(f"/staff/pages/{about.pk}/edit/")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("schedule", re.I)).first.click()
    dialog = page.get_by_role("dialog").locator("visible=true")
    dialog.locator("[name=go_live_at]").fill("2030-01-15T09:00")
    dialog.locator("[type=submit]").first.click()
    accepted(page)
    assert Page.objects.get(pk=about.pk).get_latest_revision_as_object().go_live_at.day == 15


def test_a_page_is_copied_moved_put_in_order_and_deleted(admin, home, about):
    page = admin("engagement_officer")
    page.goto(f"/staff/pages/{about.pk}/copy/")
    page.fill("[name=new_title]", "Kites")
    page.fill("[name=new_slug]", "kites")
    page.locator("main [type=submit]").first.click()
    accepted(page)
    kites = Page.objects.get(slug="kites")
    page.goto(f"/staff/pages/{kites.pk}/move/")
    page.get_by_role("button", name="Actions").locator("visible=true").last.click()
    page.get_by_role("button", name="Choose another page").click()
    page.locator(".modal-dialog").get_by_role("link", name="Have your say").first.click()
    page.locator(".modal-dialog").wait_for(state="detached")
    page.get_by_role("button", name="Confirm").click()
    wait_until_loaded(page)
    page.goto(f"/staff/pages/{home.pk}/?ordering=ord")
    wait_until_loaded(page)
    page.goto(f"/staff/pages/{home.pk}/")
    page.locator(f"[data-object-id='{kites.pk}']").check()
    page.get_by_role("link", name="Delete").locator("visible=true").click()
    page.locator("main form [type=submit]").first.click()
    accepted(page)
    assert not Page.objects.filter(slug="kites").exists()


def test_many_pictures_at_once_and_one_is_chosen(admin, home, picture):
    page = admin("engagement_officer")
    page.goto("/staff/images/multiple/add/")
    page.set_input_files("#fileupload", picture)
    page.locator("#upload-list [name$='title']").fill("A kite")
    page.locator("#upload-list [type=submit]").click()
    page.locator("#upload-list .upload-complete").wait_for(state="detached")
    kite = Image.objects.get(title="A kite")
    page.goto(f"/staff/images/{kite.pk}/")
    wait_until_loaded(page)
    page.goto("/staff/settings/consultation/appearance/")
    wait_until_loaded(page)
    page.get_by_role("button", name="Choose an image").click()
    page.locator(".modal-dialog").get_by_text("A kite").click()
    page.locator(".modal-dialog").wait_for(state="detached")
    page.fill("[name=logo_text]", "A kite")
    page.get_by_role("button", name="Save").click()
    accepted(page)
    assert Appearance.objects.get().logo == kite


def test_a_document_is_added(admin, home, tmp_path):
    path = tmp_path / "letter.vtt"
    path.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nDear all")
    page = admin("engagement_officer")
    page.goto("/staff/documents/multiple/add/")
    page.set_input_files("#fileupload", path)
    page.locator("#upload-list [type=submit]").click()
    page.locator("#upload-list .upload-complete").wait_for(state="detached")
    page.goto("/staff/documents/")
    wait_until_loaded(page)
    expect(page.get_by_text("letter").first).to_be_visible()
    assert Document.objects.count() == 1


def test_a_help_entry_is_checked_on_a_day(admin, home):
    load_help_entries()
    page, entry = admin("safeguarding_lead"), HelpEntry.objects.first()
    page.goto(f"/staff/snippets/consultation/helpentry/edit/{entry.pk}/")
    if page.locator("[name=checked_on]").count():
        choose_day(page, "checked_on")
    page.get_by_role("button", name="Save").click()
    accepted(page)


def test_a_page_is_sent_for_translation_and_translated(admin, home):
    Locale.objects.create(language_code="pl")
    Locale.objects.create(language_code="ur")
    page = admin("engagement_officer")
    page.goto(f"/staff/localize/submit/page/{home.pk}/")
    page.get_by_label("Select all").check()
    assert page.locator("[name=locales]:checked").count() == 2
    page.get_by_role("button", name="Submit").click()
    accepted(page)
    polish = home.get_translations().get(locale__language_code="pl")
    page.goto(f"/staff/pages/{polish.pk}/edit/")
    wait_until_loaded(page)
    assert page.evaluate("window.chooserUrls.pageChooser") == "/staff/choose-page/"


def test_the_other_rooms_of_the_admin(admin, home, index, about):
    page = admin("engagement_officer")
    opened = []
    for path in (
        "", "account/", "pages/", "images/", "images/add/", "documents/", "reports/workflow/", "reports/workflow_tasks/",
        "reports/aging-pages/", "reports/locked/", "reports/site-history/", "reports/page-types-usage/",
        f"pages/{about.pk}/history/", f"pages/{about.pk}/unpublish/", f"pages/{home.pk}/", f"pages/{home.pk}/edit/",
        f"pages/{index.pk}/add_subpage/", f"pages/add/cms/informationpage/{home.pk}/",
    ):  # fmt: skip
        opened.append(page.context.new_page())  # each comes to rest while the next ones are asked for
        assert opened[-1].goto(f"/staff/{path}").status == 200, path
    for each in opened:
        wait_until_loaded(each)
