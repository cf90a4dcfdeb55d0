from django.urls import path

from consultation.answering.kiosk import staff_views

app_name = "tablets"
urlpatterns = [
    path("", staff_views.tablets, name="list"),
    path("<int:page>/", staff_views.of_consultation, name="consultation"),
    path("<int:page>/<int:pk>/", staff_views.change, name="change"),
]
