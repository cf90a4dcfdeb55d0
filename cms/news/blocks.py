"""Wagtail blocks of a news page: rich text, and pictures with a text alternative."""

from functools import lru_cache

from wagtail import blocks
from wagtail.images import get_image_model

from consultation.questionnaires import kept_files
from consultation.questionnaires.file_blocks import PictureBlock

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]


class DescribedPicture(blocks.StructBlock):
    """A picture with a mandatory text alternative."""

    picture = PictureBlock()
    alt = blocks.CharBlock(
        label="What is in it", max_length=200, help_text="Say it to someone on the telephone. No names of children."
    )
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Picture"
        template = "cms/news/picture.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context=parent_context) | {"kept": picture_of(value["picture"])}


class NewsBody(blocks.StreamBlock):
    words = blocks.RichTextBlock(features=FEATURES, label="Words", template="cms/news/words.html")
    picture = DescribedPicture()


def picture_of(image):
    """{"src", "width", "height"} of the small public copy; Wagtail's library is for staff only."""
    return _kept(image.pk, image.file_hash or image.file.name) if image else None


@lru_cache(maxsize=500)
def _kept(pk, _content):
    image = get_image_model().objects.filter(pk=pk).first()
    kept = kept_files.keep_picture(image, "poster") if image else None
    return kept and kept | {"src": kept_files.url(kept["src"])}
