"""The page on which a member of staff chooses how they are told, and tries it."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render

from consultation.access import staff_view
from consultation.notifications.actions import choose_channels
from consultation.notifications.forms import NotificationChoiceForm
from consultation.notifications.models import NotificationChoice
from consultation.notifications.notify import notify


@staff_view()
def edit_own_channels(request):
    own = NotificationChoice.objects.filter(person=request.user).first() or NotificationChoice(person=request.user)
    form = NotificationChoiceForm(request.POST if request.method == "POST" else None, instance=own)
    if request.method == "POST" and form.is_valid():
        choose_channels(by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("notifications:own")
    context = {"form": form, "has_gateway": bool(settings.SMS_GATEWAY_URL)}
    status = 422 if form.errors else 200
    return render(request, "consultation/notifications/own.html", context, status=status)


@staff_view(method="POST")
def send_test_message(request):
    """Send the message that would come if something waited."""
    if notify(request.user.email):
        messages.success(request, "A message is on its way to you. It looks as a real one would.")
    else:
        messages.warning(request, "No message could be sent. In your quiet hours none is.")
    return redirect("notifications:own")
