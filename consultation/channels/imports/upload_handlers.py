"""An upload handler that keeps answers in memory: Django would write a large file to the disk in clear."""

from django.core.files.uploadhandler import MemoryFileUploadHandler

from consultation.channels.imports.file_sealing import MAX_UPLOAD_BYTES


class MemoryOnlyUploadHandler(MemoryFileUploadHandler):
    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """A file over MOST_BYTES is not read, and the page says so."""
        self.activated = content_length <= MAX_UPLOAD_BYTES
