from django.urls import path

from consultation.answering.codes import staff_views

app_name = "invitation-codes"
urlpatterns = [
    path("", staff_views.consultations, name="list"),
    path("<int:page>/", staff_views.of_consultation, name="consultation"),
    path("<uuid:pk>/switch/", staff_views.switch, name="switch"),
]
