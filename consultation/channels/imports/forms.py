from django import forms
from django.core.files.uploadhandler import MemoryFileUploadHandler

from consultation.action_forms import ActionForm, PostedForm
from consultation.channels.imports.file_sealing import MAX_UPLOAD_BYTES
from consultation.channels.imports.models import SavedMap

NO_FILE = f"Choose a file first: a CSV or an XLSX file, of {MAX_UPLOAD_BYTES // 1_000_000} MB at most."


class MemoryOnlyUploadHandler(MemoryFileUploadHandler):
    """Keeps answers in memory: Django would write a large file to the disk in clear."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        """A file over MAX_UPLOAD_BYTES is not read, and the page says so."""
        self.activated = content_length <= MAX_UPLOAD_BYTES


class AnswerFileForm(PostedForm):
    file = forms.FileField(allow_empty_file=True, error_messages={"required": NO_FILE})


class TakeOutForm(PostedForm):
    person = forms.UUIDField(error_messages=dict.fromkeys(("required", "invalid"), "Choose a person first."))


class ImportActionForm(ActionForm):
    verbs = ("map", "try", "again", "take", "drop", "undo", "save", "use", "forget", "stop")
    day_order = forms.ChoiceField(choices=[("day", "day"), ("month", "month")], required=False)
    leave_same = forms.BooleanField(required=False)
    knows_closed = forms.BooleanField(required=False)
    name = forms.CharField(error_messages={"required": "The map needs a name."})
    saved: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a saved map first.")
    )

    def __init__(self, *args, source, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["saved"].queryset = SavedMap.objects.filter(consultation=source.version.page)

    def clean_do(self):
        """A name is needed only to save a map, and a saved map only to use or forget it."""
        verb = super().clean_do()
        self.fields["name"].required = verb == "save"
        self.fields["saved"].required = verb in ("use", "forget")
        return verb
