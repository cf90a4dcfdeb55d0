"""The survey's style and script: small, and whole."""

import gzip
import re

import pytest

from consultation.channels.web.survey_assets import STATIC_FOLDER, STYLE_FILES, script_url, stylesheet_url


@pytest.fixture(params=[stylesheet_url, script_url])
def bundle(request, client, db):
    return client.get(request.param()).content.decode()


def test_no_comment_and_no_indent_travels(bundle):
    assert not [line for line in bundle.splitlines() if line.lstrip().startswith(("//", "/*")) or line[:1] == " "]


def test_every_rule_of_the_style_is_in_it(client, db):
    bundle = client.get(stylesheet_url()).content.decode()
    for name in STYLE_FILES:
        written = (STATIC_FOLDER / name).read_text()
        assert written.count("{") - bundle.count("{") <= 0, name


def test_the_style_of_a_survey_stays_under_nine_kilobytes(client, db):
    spec = stylesheet_url("1", ["types"])
    packed = client.get(spec, headers={"accept-encoding": "gzip"})
    assert len(packed.content) < 9_000
    assert b"@supports" in gzip.decompress(packed.content)


def read_tokens(client, address):
    """(tokens that the style sets, tokens that it reads)."""
    text = client.get(address).content.decode()
    return set(re.findall(r"(--[\w-]+):", text)), set(re.findall(r"var\((--[\w-]+)\)", text))


def test_a_survey_has_every_token_that_it_reads_and_none_of_charts(client, db):
    set_here, read_here = read_tokens(client, stylesheet_url("1", ["types"]))
    assert read_here <= set_here
    assert not {"--c1", "--d5", "--h0", "--weave", "--grid", "--side"} & set_here
    assert {"--c1", "--d5", "--h0", "--weave", "--grid"} <= read_tokens(client, stylesheet_url())[0]
