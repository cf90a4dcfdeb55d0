from django.urls import path

from consultation.channels.invitation_codes import staff_views
from consultation.channels.web.staff_consultations import redirect_to_consultations

app_name = "invitation-codes"
urlpatterns = [
    path("", redirect_to_consultations),
    path("<int:page>/", staff_views.edit_code_batches, name="consultation"),
    path("<uuid:pk>/switch/", staff_views.save_code_batch_switch, name="switch"),
]
