"""One officer alone changes no word of the home page, indexes and information pages, in any language, by any way."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from cms.site.news.models import NewsIndexPage
from cms.site.page_approval.models import NewsApprovalTask
from cms.site.pages.models import HomePage, InformationPage
from cms.site.pages.site_setup import ensure_site
from cms.staff.task_list.due_task_sources import list_interface_text_tasks
from consultation.interface_text import po_files
from consultation.interface_text.models import ProposedCorrection
from consultation.interface_text.translation_corrections import cached_corrections, get_corrections
from consultation.surveys.models import ConsultationIndexPage
from consultation.surveys.translations.actions import begin_translation, publish_language, save_string, send_to_checker
from consultation.surveys.translations.models import TranslatorsFile
from consultation.surveys.translations.page_po_files import export_po_file
from consultation.surveys.translations.translation_rows import load_page_translation
from tests.consultation.surveys.translations.test_office_files import filled
from tests.factories import DAY

EVIL = "Nobody reads this."
KINDS = (HomePage, NewsIndexPage, ConsultationIndexPage, InformationPage)


@pytest.fixture
def site(db):
    ensure_site(["en", "ur"])


def edit(page, **more):
    return lambda client: client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": EVIL, "slug": page.slug, "intro": EVIL} | more
    )


def list_ways(page, officer):
    """[way(client)]: each request by which Wagtail, wagtail-localize or our pages could change what `page` says."""

    def at(name, *args, **data):
        return lambda client: client.post(reverse(name, args=args), data)

    page.save_revision(user=officer)
    old = page.revisions.order_by("pk").first()
    elsewhere = Page.objects.get(pk=page.get_parent().pk).pk
    ways = [
        edit(page, **{"action-publish": "1"}),
        edit(page, go_live_at=str(timezone.now()), **{"action-publish": "1"}),
        edit(page, **{"action-submit": "1"}),
        at("wagtailadmin_pages:revisions_revert", page.pk, old.pk, **{"action-publish": "1", "title": EVIL}),
        at("wagtailadmin_pages:copy", page.pk, new_title=EVIL, new_slug="evil", new_parent_page=elsewhere,
           publish_copies="on"),
        at("wagtailadmin_pages:copy", page.pk, new_title=EVIL, new_slug="evils", new_parent_page=elsewhere, alias="on"),
        lambda client: client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}"
                                   f"?id={page.pk}", {}),
    ]  # fmt: skip
    ways += [
        at("wagtailadmin_pages:unpublish", page.pk), at("wagtailadmin_pages:delete", page.pk),
        at("wagtailadmin_pages:move_confirm", page.pk, Page.get_first_root_node().pk),
    ]  # fmt: skip
    for verb in ("unpublish", "delete", "move"):
        bulk = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', verb])}?id={page.pk}"
        ways.append(lambda client, bulk=bulk: client.post(bulk, {"chooser": Page.get_first_root_node().pk}))
    return ways


def translate(page, officer):
    """[way(client)]: the ways of a translator, where the language is begun and other words are kept for it."""
    begin_translation(page=page, language="ur", by=officer)
    for row in load_page_translation(page, "ur").rows:
        if not row.source.rich:
            save_string(page=page, language="ur", place=row.place, text=EVIL, by=officer)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    target = page.get_translations().get(locale__language_code="ur")
    return [
        lambda client: client.post(
            reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"}
        ),
        lambda client: client.post(
            reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"}
        ),
        lambda client: client.post(reverse("wagtail_localize:convert_to_alias", args=[target.pk])),
        lambda client: send_to_checker(page=page, language="ur", checker=officer, by=officer),
        lambda client: publish_language(page=page, language="ur", by=officer),
        *(way for form in ("xlsx", "docx", "po") for way in send_a_file(page, officer, form)),
    ]  # fmt: skip


def send_a_file(page, officer, form):
    """[way(client)]: a translator's file comes back with other words, is taken, judged, put live, and undone."""

    def at(name, *args, **data):
        return lambda client: client.post(reverse(f"translations:{name}", args=[page.pk, "ur", *args]), data)

    def fill():
        said = {row.path: f"{EVIL} {form}" for row in load_page_translation(page, "ur").all if not row.source.rich}
        if form != "po":
            return filled(page, form, said)
        book = polib.pofile(export_po_file(page.title, "ur", load_page_translation(page, "ur").all).decode())
        for entry in book:
            entry.msgstr = said.get(entry.msgctxt, entry.msgstr)
        return f"{book}\n".encode()

    def take(client):
        dry = at("dry-run", file=SimpleUploadedFile(f"words.{form}", fill()))(client)
        assert dry.context["changes"], "the file would change something"
        at("take", content=dry.context["content"])(client)
        assert {row.by for row in load_page_translation(page, "ur").all if EVIL in row.text} == {officer.pk}

    def judge(client):
        right = {}
        for row in load_page_translation(page, "ur").all:
            right |= {f"d-{row.place}": row.digest, f"v-{row.place}": "right"}
        at("judge", do="live", **right)(client)

    def undo(client):
        at("undo", TranslatorsFile.objects.latest("pk").pk)(client)

    return [take, at("send", checker=officer.pk), judge, at("live"), undo, judge, at("withdraw", reason="Wrong.")]


def read_words():
    """What visitors read: {address: words} of the live pages of these kinds."""
    return {
        page.url_path: (page.title, page.intro, getattr(page, "body", ""))
        for kind in KINDS
        for page in kind.objects.live()
    }


def refused(way, client, committed):
    """Go this way. To be refused is one of its ends."""
    try:
        with committed(execute=True):
            way(client)
    except Exception as error:
        assert type(error).__name__ in ("PublishPagePermissionError", "NotAllowed"), error


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ur"])
def test_no_way_changes_what_visitors_read(site, client_as, kind, language, django_capture_on_commit_callbacks):
    client = client_as("engagement_officer")
    officer, before = client.user, read_words()
    page = kind.objects.filter(locale__language_code=language).first()
    ways = list_ways(page, officer)
    if language == "en":
        ways += translate(page, officer)
    for number, way in enumerate(ways):
        refused(way, client, django_capture_on_commit_callbacks)
        assert read_words() == before, f"way {number}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_officer_puts_them_on_the_page(site, person, kind):
    writer, second = person("engagement_officer"), person("engagement_officer")
    page = kind.objects.filter(locale__language_code="en").first()
    draft = page.get_latest_revision_as_object()
    draft.intro = "Our own words."
    draft.save_revision(user=writer)
    state = kind.objects.get(pk=page.pk).get_workflow().start(kind.objects.get(pk=page.pk), writer)
    task = state.current_task_state
    assert isinstance(task.task.specific, NewsApprovalTask)
    task.task.specific.on_action(task, second, "approve")
    assert kind.objects.get(pk=page.pk).intro == "Our own words."


def test_words_kept_for_a_page_that_is_still_in_english_wait_for_their_checker(site, person):
    """To begin its language put them on the page, and was refused without a word since that needs approval."""
    writer, checker = person("engagement_officer"), person("engagement_officer")
    page = HomePage.objects.get(locale__language_code="en")
    begin_translation(page=page, language="ur", by=writer)
    [row, *_] = [one for one in load_page_translation(page, "ur").rows if one.path == "title"]
    save_string(page=page, language="ur", place=row.place, text="بات کہیں", by=writer)
    target = page.get_translations().get(locale__language_code="ur")
    type(target).objects.filter(pk=target.pk).update(alias_of=page, live=True)
    before = read_words()
    begin_translation(page=page, language="ur", by=writer)
    target.refresh_from_db()
    assert target.alias_of_id is None and read_words() == before
    words = load_page_translation(page, "ur")
    assert words.at(row.place).text == "بات کہیں" and words.count_to_check
    send_to_checker(page=page, language="ur", checker=checker, by=writer)


@pytest.mark.slow
def test_no_way_changes_a_word_of_the_interface(site, client_as, person):
    client = client_as("engagement_officer")
    book = polib.pofile(po_files.export_po_file("ur").decode())
    next(each for each in book if each.msgctxt == "nav.next").msgstr = EVIL
    file = SimpleUploadedFile("words.po", f"{book}\n".encode())
    word = reverse("languages:word", args=["ur", "nav.next"])
    sent = [
        (word, {"text": EVIL, "checker": "I"}),
        (reverse("languages:upload", args=["ur"]), {"file": file, "checker": "I"}),
    ]
    for address, data in sent:
        assert client.post(address, data).status_code == 302
        row = ProposedCorrection.objects.get()
        client.post(reverse("languages:second", args=["ur"]), {"do": "confirm", "seen": f"nav.next {digest(row)}"})
        cached_corrections.clear()
        assert ProposedCorrection.objects.exists() and not get_corrections().corrections
    [task] = list_interface_text_tasks(DAY)
    assert task.title == "Urdu" and task.but_not == {row.written_by_id}


def digest(row):
    from consultation.interface_text.translation_corrections import digest_correction

    return digest_correction(row)
