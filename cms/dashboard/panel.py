"""The panel "your work" on the first page of Wagtail's admin."""

from wagtail.admin.ui.components import Component

from cms.dashboard.work import work_of


class YourWork(Component):
    order = 10
    template_name = "cms/dashboard/your_work.html"

    def get_context_data(self, parent_context=None):
        return {"sections": work_of(parent_context["request"].user)}
