from django.urls import path

from consultation.safeguarding import views
from consultation.safeguarding.case_links.views import show_links
from consultation.safeguarding.case_sample.views import show_case_sample
from consultation.safeguarding.case_search.views import show_search
from consultation.safeguarding.contact_requests.views import show_contact, show_contacts
from consultation.safeguarding.duty_rota.views import edit_rota, show_times
from consultation.safeguarding.mailbox.views import show_mailbox, show_mailboxes
from consultation.safeguarding.named_places.views import show_places
from consultation.safeguarding.reassignment.views import show_reassignment
from consultation.safeguarding.withdrawn_texts.views import show_withdrawn_text, show_withdrawn_texts

app_name = "safeguarding"
urlpatterns = [
    path("", views.show_lead_board, name="board"),
    path("lane/<slug:key>/", views.show_lane, name="lane"),
    path("closed/", views.show_closed_cases, name="closed"),
    path("pass-on/", show_reassignment, name="pass-on"),
    path("search/", show_search, name="search"),
    path("sample/", show_case_sample, name="sample"),
    path("contacts/", show_contacts, name="contacts"),
    path("contacts/<uuid:pk>/", show_contact, name="contact"),
    path("mailboxes/", show_mailboxes, name="mailboxes"),
    path("mailboxes/<uuid:pk>/", show_mailbox, name="mailbox"),
    path("withdrawn/", show_withdrawn_texts, name="withdrawn"),
    path("withdrawn/<uuid:pk>/", show_withdrawn_text, name="read_withdrawn"),
    path("rota/", edit_rota, name="rota"),
    path("times/", show_times, name="times"),
    path("<uuid:pk>/", views.show_case, name="case"),
    path("<uuid:pk>/links/", show_links, name="links"),
    path("<uuid:pk>/places/", show_places, name="places"),
    path("<uuid:pk>/print/", views.show_print_out, name="print"),
]
