"""Wagtail blocks of a news page: rich text, and pictures with a text alternative."""

from functools import lru_cache

from wagtail import blocks
from wagtail.images import get_image_model

from consultation.markup import CleanRichTextBlock
from consultation.surveys import frozen_files
from consultation.surveys.file_blocks import PictureBlock

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]


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


class NewsBodyBlock(blocks.StreamBlock):
    words = CleanRichTextBlock(features=RICH_TEXT_FEATURES, label="Words", template="cms/site/news/words.html")
    picture = NewsPictureBlock()


def published_picture(image):
    """{"src", "width", "height"} of the small public copy; Wagtail's library is for staff only."""
    return _publish_picture_copy(image.pk, image.file_hash or image.file.name) if image else None


@lru_cache(maxsize=500)
def _publish_picture_copy(pk, _content):
    image = get_image_model().objects.filter(pk=pk).first()
    kept = frozen_files.keep_picture(image, "poster") if image else None
    return kept and kept | {"src": frozen_files.build_file_url(kept["src"])}
