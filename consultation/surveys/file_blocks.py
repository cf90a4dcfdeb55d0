"""Blocks for pictures, sound and sign language. They refuse files that freezing a version could not store."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from consultation.surveys import frozen_files


class PictureBlock(ImageChooserBlock):
    """A picture: WebP, PNG or JPEG."""

    def clean(self, value):
        value = super().clean(value)
        if value is not None:
            frozen_files.validate_picture(value)
        return value


class FileBlock(DocumentChooserBlock):
    """A document of one kind ("audio", "video", "captions"), detected from its bytes."""

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if value is not None:
            frozen_files.validate_file(value.file, self.kind)
        return value


class SignedBlock(blocks.StructBlock):
    """The question in British Sign Language."""

    video = FileBlock(kind="video", required=False, label="Video", help_text="MP4 or WebM, up to 40 MB.")
    captions = FileBlock(
        kind="captions", required=False, label="Captions", help_text="A .vtt file: the words of the video, with times."
    )
    poster = PictureBlock(required=False, label="Still picture", help_text="Shown until someone plays the video.")

    class Meta:
        icon = "media"
        label = "In British Sign Language"
