"""The printed form as a screen reader meets it: tags, order, language, and a neutral title."""

import io
import time

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from consultation.channels.paper import form_pdf
from consultation.channels.paper.paper_references import make_form_reference
from consultation.channels.paper.paper_sheet import SHEET_KINDS, make_paper_sheet
from consultation.file_output.pdf.pdf_renderer import AddressRefused
from consultation.interface_text import get_text
from tests import factories
from tests.consultation.channels.paper import asked

pytestmark = pytest.mark.any_database

NEVER = ("exploit", "abuse", "cse", "safeguard")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Forms that are made already, by what is in them."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(autouse=True)
def folder(settings, kept):
    settings.VAR_DIR = kept


@pytest.fixture
def version(home):
    return asked.published(home)[1]


def opened(version, language="en", kind="standard"):
    return PdfReader(io.BytesIO(form_pdf.render_paper_form_pdf(version, language, kind)))


def elements(reader):
    """(tag, words, alternative text) of all elements, in the order of reading."""

    def walk(node):
        node = node.get_object()
        if not isinstance(node, DictionaryObject):
            return
        yield node.get("/S"), node.get("/ActualText", ""), node.get("/Alt", "")
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from walk(kid)

    for kid in reader.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        yield from walk(kid)


def words(reader):
    return " ".join(" ".join(text for _, text, _ in elements(reader) if text).split())


@pytest.mark.parametrize("language", asked.LANGUAGES)
@pytest.mark.slow
def test_tagged_with_language_and_title(version, language):
    root = opened(version, language).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.slow
@pytest.mark.parametrize("language", asked.LANGUAGES)
def test_every_question_and_option_in_order(version, language):
    """In Urdu too, where a font draws the letters in parts: see paper/spoken.py."""
    text, at = words(opened(version, language)), 0
    for question in make_paper_sheet(version.content, language).questions:
        wanted = [question["text"], question["reference"], question["how"]]
        wanted += [option["text"] for option in question["options"]]
        for words_ in filter(None, map(strip_tags, map(str, wanted))):
            found = text.find(" ".join(words_.split()), at)
            assert found >= 0, f"{words_!r} does not stand after {text[max(0, at - 60) : at]!r}"
            at = found
    assert asked.PLACES.get(language, "Where do you go?") in text


def test_headings_step_by_one_and_lists_and_tables_are_tagged(version):
    tags = [tag for tag, _, _ in elements(opened(version))]
    levels = [int(tag[2]) for tag in tags if tag in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {"/L", "/LI", "/Table", "/TH", "/TD", "/P"} <= set(tags)


@pytest.mark.slow
def test_pictures_have_alternative_texts_and_decoration_has_none(version):
    figures = [alt for tag, _, alt in elements(opened(version, kind="easy")) if tag == "/Figure"]
    assert figures == ["Drawing of a bus", "Drawing of a home"]


@pytest.mark.parametrize("kind", SHEET_KINDS)
@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.slow
def test_reference_on_every_page(version, language, kind):
    reader, reference = opened(version, language, kind), make_form_reference(version, language).text
    assert len(reader.pages) > 2
    for page in reader.pages:
        assert reference in page.extract_text()


@pytest.mark.slow
def test_title_and_file_name_do_not_tell_what_is_asked(version):
    for kind in SHEET_KINDS:
        title = opened(version, kind=kind).metadata.title.lower()
        name = form_pdf.paper_form_file_name(version, "en", kind).lower()
        assert title.startswith("have your say - ")
        assert not [word for word in (*NEVER, "out and about") if word in title or word in name]


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_no_word_on_the_paper_tells_what_it_is_about(version, kind):
    text = words(opened(version, kind=kind)).lower()
    assert "the partnership runs this" in text
    assert not [word for word in NEVER if word in text]


def test_says_what_must_be_known_first(version):
    text = words(opened(version))
    first = text.index("Where do you go?")
    for said in (
        "Tick the box", "Do not put your name", "leave out any question", "we must tell", "We do not know who you are",
        "Trained readers see this form", "call 999 or Childline on 0800 1111", "cannot take it back",
    ):  # fmt: skip
        assert 0 <= text.find(said) < first, said
    assert text.index("You can tear this part off") > text.index("That was the last question")
    assert "SHOUT" in text[text.index("You can tear this part off") :]


def test_branching_stands_in_words(version):
    text = words(opened(version))
    assert "Answer this only if you ticked “Yes” in question 3." in text
    assert "go to question 5" in text
    assert "If not, go to question 14." in text


@pytest.mark.slow
def test_freepost_address_or_the_box(version):
    assert "Put the form in the box" in words(opened(version))
    version.page.paper_address = "FREEPOST YOUR VOICE"
    text = words(opened(version))
    assert "You do not need a stamp" in text
    assert "FREEPOST YOUR VOICE" in text


@pytest.mark.slow
def test_who_runs_it_until_when_and_where_it_goes(version):
    text = words(opened(version))
    for said in (
        "The Partnership runs this.",
        "Give it back by 12 March 2999.",
        "You can hand it in here: any library.",
    ):
        assert said in text


def test_names_and_places_are_marked_as_english_in_another_language(version):
    html, _ = form_pdf.render_paper_form_html(version, "ur", "standard")
    assert '<span lang="en" dir="ltr">The Partnership</span>' in html
    assert '<span lang="en" dir="ltr">any library</span>' in html
    assert "lang=" not in form_pdf.render_paper_form_html(version, "en", "standard")[0].partition("<body>")[2][:900]


def test_unchecked_language_says_so(version):
    version.content["machine"] = ["pl"]
    with_note, without = words(opened(version, "pl")), words(opened(version, "en"))
    assert len(with_note) > 200
    assert "No one has checked them yet" not in without
    assert form_pdf.has_unreviewed_translation(version, "pl")


def test_closed_free_text_is_not_asked_and_numbers_stay(version):
    version.page.free_text_closed = True
    text = words(opened(version))
    assert "Q12 · n" not in text and "Q13 · o" not in text
    assert "Q14 · q" in text


def test_made_once_and_again_when_a_word_changes(version, monkeypatch):
    first = form_pdf.render_paper_form_pdf(version, "en", "standard")
    monkeypatch.setattr(form_pdf, "render_uncached_pdf", lambda html, style: b"made anew")
    assert form_pdf.render_paper_form_pdf(version, "en", "standard") == first
    version.page.paper_address = "FREEPOST"
    assert form_pdf.render_paper_form_pdf(version, "en", "standard") == b"made anew"


def test_disk_that_takes_nothing_is_no_hindrance(version, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "paper").write_text("a file where the folder should be")
    assert form_pdf.render_paper_form_pdf(version, "en", "standard").startswith(b"%PDF")


def test_an_easy_ranking_has_its_pictures_beside_its_boxes(home):
    items = asked.questions()
    ranking = next(item for item in items if item["type"] == "ranking")
    for option, name in zip(ranking["options"], ("street-light", "bus", "people", "cross-out"), strict=True):
        option["picture"] = name
    version = factories.consultation(home, items=items)[1]
    html, _ = form_pdf.render_paper_form_html(version, "en", "easy")
    assert [f'class="pic pictogram-{name}"' in html for name in ("street-light", "people", "cross-out")] == [True] * 3
    assert html.count('class="box wide"') == 3 + 1, "and the month's"


@pytest.mark.slow
def test_made_in_bounded_time(version, settings, tmp_path):
    form_pdf.render_paper_form_pdf(version, "en", "easy")  # loads the fonts
    settings.VAR_DIR = tmp_path
    started = time.process_time()
    form_pdf.render_paper_form_pdf(version, "ur", "standard")
    assert time.process_time() - started < 3


def test_loads_nothing_from_elsewhere():
    for place in ("https://example.org/x.png", "file:///etc/passwd", "kept:../../x", "pictogram:nothing", "face:9"):
        with pytest.raises(AddressRefused):
            form_pdf.load_picture(place)


@pytest.mark.parametrize("kind", ["standard", "easy", "large"])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_asks_at_its_end_whether_words_may_be_shown(version, language, kind):
    html, _ = form_pdf.render_paper_form_html(version, language, kind)
    with override(language):
        asked = get_text("check.quote")
    assert html.count(f"<h2>{asked}</h2>") == 1
    assert html.rindex('<div class="q">') < html.index(asked) < html.index('<div class="last">')


def test_closed_free_text_asks_nothing_about_words(version):
    version.page.free_text_closed = True
    assert get_text("check.quote") not in form_pdf.render_paper_form_html(version, "en", "standard")[0]


def find_choices(box):
    """The outermost boxes of list items below a box of the layout: one that is broken is found in two pieces."""
    for child in getattr(box, "children", ()):
        if child.element_tag == "li":
            yield child
        else:
            yield from find_choices(child)


@pytest.mark.parametrize(("language", "kind"), [("en", "easy"), ("ur", "easy"), ("ur", "standard")])
def test_each_choice_of_two_columns_has_its_box_beside_its_words(home, language, kind):
    from weasyprint import CSS, HTML

    names = ["Lights", "Buses", "Clubs", "Parks", "Shops", "Town", "School"]
    rows = [{"id": f"r-{key}", "key": key, "text": {"en": text}, "easy": {}} for key, text in asked.ROWS]
    items = [factories.question("a", "single", names), factories.question("g", "grid", names, rows=rows)]
    for option in (option for item in items for option in item["options"]):
        option["text"]["ur"] = option["text"]["en"]
    version = factories.consultation(home, items=items)[1]
    html, style = form_pdf.render_paper_form_html(version, language, kind)
    assert html.count('<ul class="opts two">') == (3 if kind == "easy" else 1)
    pages = HTML(string=html).render(stylesheets=[CSS(string=style)]).pages
    said = []
    for choice in (each for page in pages for each in find_choices(page._page_box)):
        inside = list(choice.descendants())
        if any(each.element is not None and each.element.get("class") == "box" for each in inside):
            said.append("".join(getattr(each, "text", "") for each in inside))
    assert all(any(name in words for words in said) for name in names)
    assert not [words for words in said if len(words.strip()) < 2], "a box, its small mark, and no words"
