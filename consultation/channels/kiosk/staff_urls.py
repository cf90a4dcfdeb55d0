from django.urls import path

from consultation.channels.kiosk import staff_views
from consultation.channels.web.staff_consultations import redirect_to_consultations

app_name = "tablets"
urlpatterns = [
    path("", redirect_to_consultations),
    path("<int:page>/", staff_views.edit_kiosks, name="consultation"),
    path("<int:page>/<int:pk>/", staff_views.save_kiosk_change, name="change"),
]
