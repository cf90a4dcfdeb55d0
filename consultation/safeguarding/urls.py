from django.urls import path

from consultation.safeguarding import views

app_name = "safeguarding"
urlpatterns = [
    path("", views.triage, name="board"),
    path("closed/", views.closed, name="closed"),
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/<uuid:pk>/", views.contact, name="contact"),
    path("withdrawn/", views.withdrawn, name="withdrawn"),
    path("withdrawn/<uuid:pk>/", views.read_withdrawn, name="read_withdrawn"),
    path("<uuid:pk>/", views.case, name="case"),
]
