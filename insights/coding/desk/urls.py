"""The coding desk, under /insights/coding/. Fixed paths have two parts, so that no consultation's slug shadows one."""

from django.urls import path

from insights.coding.desk import list_views, views

urlpatterns = [
    path("", list_views.coding, name="coding"),
    path("desk/keys/", list_views.keys, name="coding-keys"),
    path("desk/undo/", list_views.undo_last, name="undo-last-code"),
    path("sets/<int:pk>/remove/", list_views.remove_set, name="remove-coding-set"),
    path("texts/<uuid:pk>/", views.text, name="code-text"),
    path("texts/<uuid:pk>/undo/", list_views.undo, name="undo-code"),
    path("<slug:slug>/", list_views.desk, name="coding-desk"),
    path("<slug:slug>/begin/", list_views.begin, name="begin-coding"),
    path("<slug:slug>/together/", list_views.accept, name="accept-together"),
    path("<slug:slug>/save-set/", list_views.save_set, name="save-coding-set"),
]
