"""Wagtail's editor of a consultation, which keeps a comment even where no mail leaves."""

from smtplib import SMTPException

from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from consultation.questionnaires.models import ConsultationPage

NO_MAIL = "Your comment is kept. No mail could be sent about it: tell your colleagues that it is there."


class EditConsultation(EditView):
    def send_commenting_notifications(self, changes):
        try:
            super().send_commenting_notifications(changes)
        except (OSError, SMTPException):
            messages.warning(self.request, NO_MAIL)


class ConsultationViewSet(PageViewSet):
    model = ConsultationPage
    edit_view_class = EditConsultation
