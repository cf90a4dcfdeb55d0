from django.urls import path

from consultation.questionnaires.timing import views

app_name = "dates"
urlpatterns = [
    path("", views.dates, name="list"),
    path("<int:pk>/", views.of_consultation, name="consultation"),
]
