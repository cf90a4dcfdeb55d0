from django.urls import path

from consultation.channels.short_links import staff_views
from consultation.channels.web.staff_consultations import redirect_to_consultations

app_name = "short-links"
urlpatterns = [
    path("", redirect_to_consultations),
    path("<int:page>/", staff_views.edit_printed_links, name="consultation"),
    path("<str:name>/switch/", staff_views.save_link_switch, name="switch"),
    path("<str:name>/link.svg", staff_views.download_qr_code, {"ending": "svg"}, name="svg"),
    path("<str:name>/link.png", staff_views.download_qr_code, {"ending": "png"}, name="png"),
]
