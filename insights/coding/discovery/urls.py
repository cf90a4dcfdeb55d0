from django.urls import path

from insights.coding.discovery import views

urlpatterns = [
    path("", views.overview, name="discovery"),
    path("of/<slug:slug>/", views.consultation, name="discovery-of"),
    path("of/<slug:slug>/look/", views.look, name="discovery-look"),
    path("of/<slug:slug>/merge/", views.merge, name="merge-suggestions"),
    path("<int:pk>/", views.suggestion, name="suggestion"),
    path("<int:pk>/accept/", views.accept, name="accept-suggestion"),
    path("<int:pk>/join/", views.join, name="join-suggestion"),
    path("<int:pk>/split/", views.split, name="split-suggestion"),
    path("<int:pk>/dismiss/", views.dismiss, name="dismiss-suggestion"),
    path("<int:pk>/undo/", views.undo, name="undo-suggestion"),
]
