"""The editor panel with the publishing guide, for officers who have not hidden it."""

from wagtail.admin.panels import Panel

EDIT = "consultation.edit_consultation"


class GuidePanel(Panel):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("heading", "From here to published")
        super().__init__(*args, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultation/surveys/starting_points/panel.html"

        def is_shown(self):
            return self.request.user.has_perm(EDIT) and (self.instance.pk is None or not self.instance.is_translation)

        def get_context_data(self, parent_context=None):
            from consultation.surveys.starting_points import publishing_guide

            hidden = publishing_guide.is_guide_hidden(self.request.user)
            found = (
                publishing_guide.build_steps(self.instance, self.instance) if self.instance.pk and not hidden else []
            )
            more = {"steps": found, "hidden": hidden, "number": self.instance.pk or 0}
            return super().get_context_data(parent_context) | more
