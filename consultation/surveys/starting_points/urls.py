from django.urls import path
from django.views.generic import RedirectView

from consultation.access import staff_view
from consultation.surveys.starting_points import bank_views, views
from consultation.surveys.starting_points.publishing_guide import EDIT

app_name = "start"
urlpatterns = [
    path("", views.show_starting_points, name="start"),
    path("template/<slug:name>/", views.start_from_template, name="template"),
    path("past/<int:pk>/", views.start_from_past, name="past"),
    path("blank/", views.start_blank_draft, name="blank"),
    path("questions/", bank_views.show_question_bank, name="bank"),
    path("questions/put/", bank_views.save_questions_into_draft, name="put"),
    path("<int:pk>/", staff_view(EDIT)(RedirectView.as_view(pattern_name="consultations:number"))),
    path("<int:pk>/send/", views.send_for_approval, name="send"),
    path("<int:pk>/take-over/", views.take_over_questions, name="take-over"),
    path("<int:pk>/steps/", views.show_guide_steps, name="steps"),
    path("<int:pk>/guide/", views.save_guide_visibility, name="hide"),
    path("<int:pk>/undo/", bank_views.undo_added_questions, name="undo"),
]
