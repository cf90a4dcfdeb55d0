"""Links, posters, cards and texts for each channel and language reveal no subject."""

import io
import os
import re

import pytest
from pypdf import PdfReader

from consultation.channels.paper import form_pdf
from consultation.channels.promotion import promotion_texts, views
from consultation.channels.promotion.title_neutrality import may_show_title
from consultation.channels.short_links import actions
from consultation.channels.short_links.models import Outlet, PrintedLink
from consultation.file_output.pdf.pdf_renderer import PdfUnavailable
from tests import factories
from tests.consultation.channels.printed_codes import decode_printed_codes

pytestmark = pytest.mark.any_database

NO_PANGO = (
    "Pango is not here, so it is not proved what a poster holds: apt-get install"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
STAFF = "/staff/promotion/"
SUBJECT = "Unsafe at home"
KINDS = (views.POSTER_A4, views.POSTER_A3, views.CARDS)
MILLIMETRES = {views.POSTER_A4: (210, 297), views.POSTER_A3: (297, 420), views.CARDS: (210, 297)}


@pytest.fixture
def asked(home):
    """(page, version) about something hard, live in English and Urdu."""
    items = [factories.question("a", "single", ["Yes", "No"], sensitive=True)]
    page, version = factories.consultation(
        home, title=SUBJECT, slug="sunday", items=items, lowest_age=11, highest_age=17, minutes=5
    )
    version.content |= {"languages": ["en", "ur"], "title": {"en": SUBJECT}, "summary": {"en": f"{SUBJECT}: tell us."}}
    from consultation.surveys.models import PublishedVersion

    newest = PublishedVersion.objects.create(
        page=page, number=2, content=version.content, published_at=version.published_at
    )
    return page, newest


@pytest.fixture
def link(asked, person):
    return actions.make_link(
        page=asked[0],
        label="Poster in the clinic",
        language="en",
        channel=Outlet.POSTER,
        by=person("engagement_officer"),
    )


def in_urdu(link):
    link.language = "ur"
    link.save()
    return link


def read(pdf):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_its_old_list_leads_to_all_consultations(client_as):
    assert client_as("engagement_officer").get(STAFF).url == "/staff/consultations/"


def test_one_press_makes_a_link_for_each_channel_and_a_second_none(client_as, asked):
    officer, page = client_as("engagement_officer"), f"{STAFF}{asked[0].pk}/"
    assert "No link in this language yet." in officer.get(page).content.decode()
    assert officer.post(page, {"language": "en"}).status_code == 302
    made = {link.channel: link.name for link in PrintedLink.objects.all()}
    assert set(made) == set(Outlet) - {Outlet.OTHER}
    assert officer.post(page, {"language": "en"}).status_code == 302
    assert PrintedLink.objects.count() == len(made), "what there is may be printed already"
    shown = officer.get(page).content.decode()
    assert all(f"/go/{name}" in shown for name in made.values())
    assert "No link in this language yet." not in shown
    assert "No link in this language yet." in officer.get(f"{page}?language=ur").content.decode()
    assert "Links for 6 channels" in officer.get(f"/staff/consultations/{asked[0].slug}/").content.decode()


def test_schools_and_parents_are_not_asked_to_pass_on_what_is_for_professionals():
    assert Outlet.SCHOOL not in promotion_texts.promotion_channels_for("professionals")
    assert Outlet.SOCIAL in promotion_texts.promotion_channels_for("professionals")


@pytest.mark.parametrize("channel", [Outlet.SCHOOL, Outlet.PARENTS, Outlet.SOCIAL, Outlet.WEBSITE])
@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_a_text_holds_its_link_and_nothing_of_the_subject(asked, link, channel, language):
    link.channel, link.language = channel, language
    said = promotion_texts.build_promotion_text(link, asked[0])
    assert said.endswith(link.address.rstrip("/"))
    assert SUBJECT not in said and asked[0].slug not in said
    assert bool(re.search(r"[\u0600-\u06ff]", said)) == (language == "ur")


def test_the_card_for_another_website_brings_nothing_of_ours_along(asked, link):
    card = promotion_texts.build_website_card(in_urdu(link), asked[0])
    assert '<p lang="ur" dir="rtl">' in card
    assert re.findall(r"<(\w+)", card) == ["p", "a", "br"], "no frame, script, picture or style"
    assert 'rel="noopener noreferrer"' in card and SUBJECT not in card


@pytest.mark.parametrize(
    ("item", "content", "named"),
    [
        ({}, {}, True),
        ({"sensitive": True}, {}, False),
        ({"help": [{"any_of": ["a-1"]}]}, {}, False),
        ({}, {"title": {"en": "On abuse"}}, False),
        ({}, {"summary": {"en": "About safeguarding."}}, False),
        ({}, {"title": {"en": "Knife crime"}}, False),
        ({}, {"title": {"en": "Do you feel safe at home?"}}, False),
        ({}, {"title": {"en": "Self\u00ad-harm"}}, False),
        ({}, {"title": {"en": "Running away"}}, False),
        ({}, {"title": {"en": "Parks"}, "summary": {"en": "Gangs\u200b and parks."}}, False),
        ({}, {"title": {"en": "Parks", "pl": "Przemoc w domu"}}, False),
        ({}, {"title": {"en": "Parks", "sk": "NÁSILIE"}}, False),
        ({}, {"title": {"en": "Parks", "ur": "گھر میں تشدد"}}, False),
        ({}, {"title": {"en": "Parks", "ar": "العنف في البيت"}}, False),
        ({}, {"title": {"en": "Parks", "bn": "বাড়িতে সহিংসতা"}}, False),
        ({}, {"title": {"en": "Parks", "pa": "ਘਰ ਵਿੱਚ ਹਿੰਸਾ"}}, False),
        ({}, {"title": {"en": "Parks", "ro": "Violența acasă"}}, False),
        ({}, {"title": {"en": "Parks", "fr": "Parcs"}}, False),
        ({}, {"title": {"en": "Buses after school"}, "summary": {"en": "Routes, stops and tickets."}}, True),
        ({}, {"title": {"en": "Parks", "ur": "پارک", "pl": "Parki", "ar": "الحدائق", "bn": "পার্ক"}}, True),
    ],
)
def test_only_what_asks_nothing_hard_may_be_named(item, content, named):
    assert may_show_title(factories.content(factories.question("a", "single", ["Yes"], **item), **content)) == named


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("titled", [False, True])
def test_no_sheet_names_a_hard_subject_even_when_asked_to(link, kind, titled):
    html, _ = views.render_poster_html(link, kind, titled=titled)
    assert SUBJECT not in html and "tell us" not in html and "sunday" not in html
    assert "We want to hear from you" in html and link.spoken in html
    assert link.label not in html, "only staff see it"


def test_a_quiet_subject_stands_on_a_poster_only_when_asked_for(home, person):
    page, _ = factories.consultation(home, items=[factories.question("a", "single", ["Yes", "No"])])
    link = actions.make_link(
        page=page, label="x", language="en", channel=Outlet.POSTER, by=person("engagement_officer")
    )
    assert "Parks" not in views.render_poster_html(link, views.POSTER_A4)[0]
    assert "<h1>Parks</h1>" in views.render_poster_html(link, views.POSTER_A4, titled=True)[0]


def test_an_urdu_poster_is_right_to_left_and_its_address_is_not(link):
    html, _ = views.render_poster_html(in_urdu(link), views.POSTER_A4)
    assert '<html lang="ur" dir="rtl"' in html
    assert f'<p class="address" dir="ltr">{link.spoken}</p>' in html
    assert re.search(r"<h1>[\u0600-\u06ff ]+</h1>", html)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_has_colours_a_picture_a_logo_and_a_code_that_a_phone_reads(of_a_partnership, link, kind):
    html, style = views.render_poster_html(link, kind)
    assert "--strong:#5b2a86" in style and "background: var(--strong)" in style
    assert 'class="picture"' in html and 'alt="Bradford Council"' in html
    try:
        made = views.render_poster_pdf(link, kind)
    except PdfUnavailable:
        if os.environ.get("CI"):
            raise
        pytest.skip(NO_PANGO)
    many = 4 if kind == views.CARDS else 1
    assert decode_printed_codes(made) == [link.address] * many
    assert len(list(PdfReader(io.BytesIO(made)).pages[0].images)) >= 1, "the logo"
    assert len(link.spoken) - len(link.spoken.partition("/")[0]) == len("/go/abcd")


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_is_one_tagged_page_of_its_size(client_as, link, kind):
    answer = client_as("engagement_officer").get(f"{STAFF}{link.name}/{kind}.pdf")
    if answer.status_code == 503 and not os.environ.get("CI"):
        pytest.skip(NO_PANGO)
    pdf = PdfReader(io.BytesIO(answer.content))
    assert answer["Content-Disposition"] == f'inline; filename="have-your-say-{link.name}-{kind}.pdf"'
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    box = pdf.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == MILLIMETRES[kind]
    assert read(answer.content).count(" ".join(link.name)) == (4 if kind == views.CARDS else 1)
    assert SUBJECT not in str(pdf.metadata) and SUBJECT not in read(answer.content)


@pytest.mark.parametrize("language", ["ur", "ar", "bn", "pa", "ro"])
@pytest.mark.parametrize("kind", KINDS)
def test_in_every_script_it_still_fits_one_page(of_a_partnership, link, kind, language):
    link.language = language
    try:
        made = views.render_poster_pdf(link, kind)
    except PdfUnavailable:
        if os.environ.get("CI"):
            raise
        pytest.skip(NO_PANGO)
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


def test_without_a_press_it_says_what_to_do_instead(client_as, link, monkeypatch):
    def none(*args):
        raise PdfUnavailable

    monkeypatch.setattr(form_pdf, "render_uncached_pdf", none)
    monkeypatch.setattr(form_pdf, "_digest_parts", lambda *parts: "none-of-this-name")
    answer = client_as("engagement_officer").get(f"{STAFF}{link.name}/poster-a4.pdf")
    assert answer.status_code == 503
    assert "Download the QR code instead" in answer.content.decode()


@pytest.mark.parametrize("path", ["none/poster-a4.pdf", "{name}/flyer.pdf"])
def test_what_nobody_made_is_not_there(client_as, link, path):
    assert client_as("engagement_officer").get(STAFF + path.format(name=link.name)).status_code == 404


def test_words_that_nobody_has_checked_are_not_for_the_printer_yet(client_as, asked):
    shown = client_as("engagement_officer").get(f"{STAFF}{asked[0].pk}/?language=ur").content.decode()
    assert "Do not print them yet" in shown
    assert "so its title stays off posters" in shown
