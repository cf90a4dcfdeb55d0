from django.urls import path

from consultation.channels.group import views

app_name = "group"
urlpatterns = [
    path("", views.show_group_consultations, name="list"),
    path("<int:page>/", views.show_group_sessions, name="consultation"),
    path("<int:page>/opening/", views.show_group_opening, name="opening"),
    path("<int:page>/enter/", views.show_or_save_group_form, name="enter"),
]
