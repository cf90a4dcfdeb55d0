"""Wagtail blocks of a news page: rich text, pictures with a text alternative, and what young people said."""

from functools import lru_cache

from django import forms
from django.utils.text import Truncator
from wagtail import blocks
from wagtail.images import get_image_model

from consultation.markup import CleanRichTextBlock
from consultation.surveys import frozen_files
from consultation.surveys.file_blocks import PictureBlock
from consultation.surveys.models import Audience
from insights.releases.models import Quote

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]
MOST_OFFERED = 200  # quotes to choose from


class NewsPictureBlock(blocks.StructBlock):
    """A picture with a mandatory text alternative."""

    picture = PictureBlock()
    alt = blocks.CharBlock(
        label="What is in it", max_length=200, help_text="Say it to someone on the telephone. No names of children."
    )
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Picture"
        template = "cms/site/news/picture.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context=parent_context) | {
            "kept": published_picture(value["picture"])
        }


def select_public_quotes():
    """What young people said in published reports, where two people approved it for everyone; newest first. Their
    consent stands in it: words whose writer said no, or took them back, are not among them."""
    quotes = Quote.objects.for_the_public().filter(release__status="published", audience=Audience.CHILDREN)
    return quotes.select_related("release__consultation").order_by("-release__published_on", "pk")


def list_quote_choices():
    found = select_public_quotes()[:MOST_OFFERED]
    return [(str(one.pk), f"{Truncator(one.text).chars(160)} ({one.release.consultation.title})") for one in found]


class WhatWeWantYouToKnowBlock(blocks.StructBlock):
    """Quotes for people who train. The page looks them up each time, so words that are taken back vanish from it."""

    quotes = blocks.MultipleChoiceBlock(
        choices=list_quote_choices,
        widget=forms.CheckboxSelectMultiple,
        label="What young people said",
        help_text="Only words that two people approved for everyone. Words that are taken back vanish from the page.",
    )

    class Meta:
        icon = "openquote"
        label = "What we want you to know"
        template = "cms/site/news/want_you_to_know.html"

    def get_context(self, value, parent_context=None):
        quotes = select_public_quotes().filter(pk__in=value["quotes"])
        return super().get_context(value, parent_context=parent_context) | {"quotes": quotes}


class NewsBodyBlock(blocks.StreamBlock):
    words = CleanRichTextBlock(features=RICH_TEXT_FEATURES, label="Words", template="cms/site/news/words.html")
    picture = NewsPictureBlock()
    quotes = WhatWeWantYouToKnowBlock()


def published_picture(image):
    """{"src", "width", "height"} of the small public copy; Wagtail's library is for staff only."""
    return _publish_picture_copy(image.pk, image.file_hash or image.file.name) if image else None


@lru_cache(maxsize=500)
def _publish_picture_copy(pk, _content):
    image = get_image_model().objects.filter(pk=pk).first()
    kept = frozen_files.keep_picture(image, "poster") if image else None
    return kept and kept | {"src": frozen_files.build_file_url(kept["src"])}
