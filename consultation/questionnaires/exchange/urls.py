from django.urls import path

from consultation.questionnaires.exchange import views

app_name = "questionnaires"
urlpatterns = [
    path("", views.exchange, name="exchange"),
    path("<int:pk>/<slug:what>.csv", views.sheet, name="sheet"),
]
