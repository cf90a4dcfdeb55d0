"""Wagtail's editor of a consultation, which survives failing mail and reports concurrent saves."""

from smtplib import SMTPException

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from consultation.surveys.models import ConsultationPage
from consultation.surveys.validation.submission_errors import list_form_errors

NO_MAIL = "Your comment is kept. No mail could be sent about it: tell your colleagues that it is there."
BOTH = "{who} saved this after you opened it. Your draft stands now, and the other one is kept. {not_sent}{see}"
NOT_SENT = "So it is not sent for approval yet: look at both, then send it. "
EVERY_ERROR = (
    "To mend, all of it. What the checks found can be let through with a reason on “Check this consultation”."
    '<ul data-errors="">{items}</ul>'
)
HANDED_ON = ("submit", "restart_workflow")


class NamesEveryError:
    """After a failed save, or a draft that is not sent, all errors stand in one list, each with its place."""

    def form_invalid(self, form):
        answer = super().form_invalid(form)
        if form.errors and not self.expects_json_response:
            items = format_html_join("", '<li><a href="#{}">{}</a></li>', list_form_errors(form))
            messages.error(self.request, format_html(EVERY_ERROR, items=items))
        return answer


class ConsultationCreateView(NamesEveryError, CreateView):
    pass


class ConsultationEditView(NamesEveryError, EditView):
    def send_commenting_notifications(self, changes):
        try:
            super().send_commenting_notifications(changes)
        except (OSError, SMTPException):
            messages.warning(self.request, NO_MAIL)

    def form_valid(self, form):
        """Save over another person's draft with a warning, but never submit it: nobody has seen the merged text.

        Wagtail warns only while both people have the editor open.
        """
        other = self._of_somebody_else()
        not_sent = other is not None and self.action_name in HANDED_ON
        if not_sent:
            self.action_name_and_method = ("save", self.save_action)
        answer = super().form_valid(form)
        if other is not None:
            who = (other.user and other.user.get_full_name()) or "Someone"
            there = f"{reverse('editor:changes', args=[self.page.pk])}?from={other.pk}&to=latest"
            see = format_html('<a href="{}">See what differs</a>', there)
            said = format_html(BOTH, who=who, not_sent=NOT_SENT if not_sent else "", see=see)
            messages.warning(self.request, said)
        return answer

    def _of_somebody_else(self):
        """The other person's draft that this save replaces, or None. One's own autosaved draft does not count."""
        saves = self.action_name in ("save", *HANDED_ON) and not self.expects_json_response
        own = self.latest_revision and self.latest_revision.user_id == self.request.user.pk
        return self.latest_revision if saves and not own and self.is_out_of_date else None


class ConsultationViewSet(PageViewSet):
    model = ConsultationPage
    add_view_class = ConsultationCreateView
    edit_view_class = ConsultationEditView
