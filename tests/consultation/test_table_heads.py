"""The head of a table, by the tag that every template reads."""

from django.template import Template
from django.template.context import Context


def render(tag):
    return Template(tag).render(Context({"head": "<b>"}))


def test_a_column_is_a_head_for_what_stands_below_it_and_a_number_is_marked():
    assert render('{% columns "Agency" "#Open" %}') == (
        '<thead><tr><th scope="col">Agency</th><th scope="col" class="num">Open</th></tr></thead>'
    )


def test_a_table_that_a_style_shows_as_blocks_says_its_roles():
    assert render("{% columns head roles=True %}") == (
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">&lt;b&gt;</th></tr></thead>'
    )
