from django.urls import path

from consultation.surveys.exchange import views

app_name = "questionnaires"
urlpatterns = [
    path("", views.show_exchange, name="exchange"),
    path("<int:pk>/<slug:what>.csv", views.download_sheet, name="sheet"),
]
