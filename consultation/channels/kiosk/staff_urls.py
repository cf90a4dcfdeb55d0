from django.urls import path

from consultation.channels.kiosk import staff_views

app_name = "tablets"
urlpatterns = [
    path("", staff_views.show_kiosk_consultations, name="list"),
    path("<int:page>/", staff_views.edit_kiosks, name="consultation"),
    path("<int:page>/<int:pk>/", staff_views.save_kiosk_change, name="change"),
]
