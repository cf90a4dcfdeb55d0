from django.urls import path

from consultation.emergency_access import answer_views

app_name = "emergency"
urlpatterns = [
    path("<uuid:access>/answers/", answer_views.show_reachable_answers, name="answers"),
    path("<uuid:access>/answers/<uuid:pk>/", answer_views.open_reachable_answer, name="answer"),
]
