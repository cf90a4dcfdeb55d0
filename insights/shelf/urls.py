from django.urls import path

from insights.shelf import views

urlpatterns = [
    path("shelf/", views.shelf, name="shelf"),
    path("shelf/keep/", views.keep, name="keep"),
    path("shelf/pages/<int:pk>/", views.kept, name="kept"),
    path("shelf/pages/<int:pk>/drop/", views.drop, name="drop"),
    path("shelf/notes/of/<int:release>/", views.write, name="write-note"),
    path("shelf/notes/of/<int:release>/<slug:theme>/", views.write, name="write-theme-note"),
    path("shelf/notes/<int:pk>/", views.note, name="note"),
    path("shelf/notes/<int:pk>/remove/", views.remove, name="remove-note"),
]
