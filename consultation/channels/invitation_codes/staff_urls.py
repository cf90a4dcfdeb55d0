from django.urls import path

from consultation.channels.invitation_codes import staff_views

app_name = "invitation-codes"
urlpatterns = [
    path("", staff_views.show_code_consultations, name="list"),
    path("<int:page>/", staff_views.edit_code_batches, name="consultation"),
    path("<uuid:pk>/switch/", staff_views.save_code_batch_switch, name="switch"),
]
