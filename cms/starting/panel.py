"""On Wagtail's first page: where a consultation begins, and where this officer's drafts stand."""

from wagtail.admin.ui.components import Component

from consultation.questionnaires.starting import guide


class StartPanel(Component):
    name = "start"
    template_name = "cms/starting/home_panel.html"
    order = 50

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        return {"drafts": guide.unpublished(self.request.user)}
