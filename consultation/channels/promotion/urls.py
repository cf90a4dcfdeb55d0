from django.urls import path

from consultation.channels.promotion import views

app_name = "promotion"
urlpatterns = [
    path("", views.show_promotion_consultations, name="list"),
    path("<int:page>/", views.show_promotion_page, name="consultation"),
    path("<str:name>/<slug:kind>.pdf", views.download_poster, name="sheet"),
]
