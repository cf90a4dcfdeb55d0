"""The editor's list of findings; checks.js also shows them beside each question, and reloads the list after a save."""

from wagtail.admin.panels import Panel


class ValidationPanel(Panel):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("heading", "Checks")
        super().__init__(*args, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultation/surveys/validation/panel.html"

        def is_shown(self):
            """Hidden for translations, which have a named checker instead."""
            return self.instance.pk is None or not self.instance.is_translation

        def get_context_data(self, parent_context=None):
            from consultation.surveys.editor.answering_time import estimate_minutes
            from consultation.surveys.validation.findings import get_shared_report

            context = super().get_context_data(parent_context)
            found = get_shared_report(self.instance) if self.instance.pk else None
            number = self.instance.pk or 0
            return context | {
                "report": found,
                "page": self.instance,
                "number": number,
                "minutes": estimate_minutes(self.instance),
                "waits_for": self._waits_for() if number else "",
            }

        def _waits_for(self):
            """The name of the task that this user may approve, because Wagtail hides its button in a menu."""
            task = self.instance.current_workflow_task
            actions = task.specific.get_actions(self.instance, self.request.user) if task else []
            return task.name if any(name == "approve" for name, *_ in actions) else ""
