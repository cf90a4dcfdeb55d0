"""Uploaded answers stay in memory: Django would write a long file to the disk, in clear."""

from django.core.files.uploadhandler import MemoryFileUploadHandler

from consultation.answering.imports.bringing import MOST_BYTES


class InMemory(MemoryFileUploadHandler):
    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """A file that is too long is not read at all: the page then says so."""
        self.activated = content_length <= MOST_BYTES
