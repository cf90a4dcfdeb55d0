"""The editor's form of a consultation: a draft may be unfinished, what is handed on may not."""

from wagtail.admin.forms import WagtailAdminPageForm

UNCHECKED = "A computer translated this page. Name the person who speaks the language and has checked the words."
NO_QUESTIONS = "Ask at least one question."


class ConsultationForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self._whole(cleaned)
        return cleaned

    def _whole(self, cleaned):
        """What must be true before anyone is asked to approve."""
        if cleaned.get("machine_words") and not cleaned.get("words_checked_by"):
            self.add_error("words_checked_by", UNCHECKED)
        body = cleaned.get("body")
        if body is not None and all(child.block_type == "section" for child in body):
            self.add_error("body", NO_QUESTIONS)
