from django.urls import path

from insights.outcomes import evidence_views, views

urlpatterns = [
    path("outcomes/", views.overview, name="outcomes"),
    path("outcomes/of/<slug:slug>/", views.of_decision, name="outcome"),
    path("outcomes/of/<slug:slug>/write/", views.begin, name="begin-outcome"),
    path("outcomes/of/<slug:slug>/ask/", views.ask, name="ask-change"),
    path("outcomes/<int:pk>/", views.write, name="write-outcome"),
    path("outcomes/<int:pk>/cite/", evidence_views.cite, name="cite-outcome"),
    path("outcomes/<int:pk>/words/<str:language>/", views.translate, name="translate-outcome"),
    path("outcomes/<int:pk>/words/<str:language>/right/", views.confirm, name="confirm-outcome-words"),
    path("outcomes/<int:pk>/publish/", views.publish, name="publish-outcome"),
    path("outcomes/<int:pk>/discard/", views.discard, name="discard-outcome"),
    path("outcomes/evidence/<int:pk>/remove/", evidence_views.remove, name="remove-outcome-evidence"),
    path("outcomes/polls/<int:pk>/publish/", views.publish_poll, name="publish-change-poll"),
    path("outcomes/polls/<int:pk>/discard/", views.discard_poll, name="discard-change-poll"),
]
