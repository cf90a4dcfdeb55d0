from django.urls import path

from consultation.channels.promotion import views
from consultation.channels.web.staff_consultations import redirect_to_consultations

app_name = "promotion"
urlpatterns = [
    path("", redirect_to_consultations),
    path("<int:page>/", views.show_promotion_page, name="consultation"),
    path("<str:name>/<slug:kind>.pdf", views.download_poster, name="sheet"),
]
