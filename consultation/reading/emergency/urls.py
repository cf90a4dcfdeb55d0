from django.urls import path

from consultation.reading.emergency import views

app_name = "emergency"
urlpatterns = [
    path("<uuid:access>/answers/", views.answers, name="answers"),
    path("<uuid:access>/answers/<uuid:pk>/", views.answer, name="answer"),
]
