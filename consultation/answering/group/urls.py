from django.urls import path

from consultation.answering.group import views

app_name = "group"
urlpatterns = [
    path("", views.sessions, name="list"),
    path("<int:page>/", views.of_consultation, name="consultation"),
    path("<int:page>/opening/", views.opening, name="opening"),
    path("<int:page>/enter/", views.enter, name="enter"),
]
