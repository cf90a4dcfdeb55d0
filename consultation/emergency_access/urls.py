from django.urls import path

from consultation.emergency_access import views

app_name = "emergency"
urlpatterns = [
    path("", views.show_emergencies, name="emergencies"),
    path("<uuid:pk>/", views.show_emergency, name="emergency"),
    path("<uuid:access>/answers/", views.show_reachable_answers, name="answers"),
    path("<uuid:access>/answers/<uuid:pk>/", views.open_reachable_answer, name="answer"),
]
