from django.urls import path

from consultation.answering.outreach import views

app_name = "get-it-out"
urlpatterns = [
    path("", views.consultations, name="list"),
    path("<int:page>/", views.of_consultation, name="consultation"),
    path("<str:name>/<slug:kind>.pdf", views.sheet, name="sheet"),
]
