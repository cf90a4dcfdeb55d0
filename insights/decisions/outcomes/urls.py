from django.urls import path

from insights.decisions.outcomes import outcome_evidence_views, views

urlpatterns = [
    path("outcomes/", views.show_outcomes, name="outcomes"),
    path("outcomes/of/<slug:slug>/", views.show_decision_outcomes, name="outcome"),
    path("outcomes/of/<slug:slug>/write/", views.draft_outcome, name="begin-outcome"),
    path("outcomes/of/<slug:slug>/ask/", views.draft_poll, name="ask-change"),
    path("outcomes/<int:pk>/", views.edit_outcome, name="write-outcome"),
    path("outcomes/<int:pk>/cite/", outcome_evidence_views.cite_evidence, name="cite-outcome"),
    path("outcomes/<int:pk>/words/<str:language>/", views.edit_translation, name="translate-outcome"),
    path("outcomes/<int:pk>/words/<str:language>/right/", views.confirm_translation, name="confirm-outcome-words"),
    path("outcomes/<int:pk>/publish/", views.publish_outcome, name="publish-outcome"),
    path("outcomes/<int:pk>/discard/", views.discard_outcome, name="discard-outcome"),
    path("outcomes/evidence/<int:pk>/remove/", outcome_evidence_views.remove_evidence, name="remove-outcome-evidence"),
    path("outcomes/polls/<int:pk>/publish/", views.publish_poll, name="publish-change-poll"),
    path("outcomes/polls/<int:pk>/discard/", views.discard_poll, name="discard-change-poll"),
]
