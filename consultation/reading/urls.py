from django.urls import path

from consultation.reading import group_views, views

app_name = "reading"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("colleagues/", views.colleagues, name="colleagues"),
    path("held/", views.held, name="held"),
    path("done/", views.done, name="done"),
    path("keys/", views.keys, name="keys"),
    path("<uuid:pk>/", views.answer, name="answer"),
    path("<uuid:pk>/like/", group_views.group, name="group"),
    path("together/<uuid:together_id>/undo/", group_views.undo, name="undo-together"),
    path("<uuid:pk>/undo/", views.undo, name="undo"),
]
