"""The panel "your work" on the first page of Wagtail's admin."""

from wagtail.admin.ui.components import Component

from cms.staff.dashboard.work_summary import list_work_sections


class YourWorkPanel(Component):
    order = 10
    template_name = "cms/staff/dashboard/your_work.html"

    def get_context_data(self, parent_context=None):
        return {"sections": list_work_sections(parent_context["request"].user)}
