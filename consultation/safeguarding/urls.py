from django.urls import path

from consultation.safeguarding import views
from consultation.safeguarding.contacts.views import contact, contacts
from consultation.safeguarding.duty.views import rota_page, times
from consultation.safeguarding.emergency.views import emergencies, emergency
from consultation.safeguarding.withdrawn.views import read_withdrawn, withdrawn

app_name = "safeguarding"
urlpatterns = [
    path("", views.triage, name="board"),
    path("lane/<slug:key>/", views.lane, name="lane"),
    path("closed/", views.closed, name="closed"),
    path("contacts/", contacts, name="contacts"),
    path("contacts/<uuid:pk>/", contact, name="contact"),
    path("withdrawn/", withdrawn, name="withdrawn"),
    path("withdrawn/<uuid:pk>/", read_withdrawn, name="read_withdrawn"),
    path("emergency/", emergencies, name="emergencies"),
    path("emergency/<uuid:pk>/", emergency, name="emergency"),
    path("rota/", rota_page, name="rota"),
    path("times/", times, name="times"),
    path("<uuid:pk>/", views.case, name="case"),
    path("<uuid:pk>/print/", views.print_out, name="print"),
]
