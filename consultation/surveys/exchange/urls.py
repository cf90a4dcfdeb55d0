from django.urls import path

from consultation.surveys.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.show_exchange, name="list"),
    path("<int:pk>/<slug:what>.csv", views.download_sheet, name="sheet"),
    path("<int:pk>/<slug:what>.zip", views.download_archive, name="archive"),
]
