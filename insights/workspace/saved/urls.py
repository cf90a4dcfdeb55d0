from django.urls import path

from insights.workspace.saved import views

urlpatterns = [
    path("shelf/", views.show_saved, name="shelf"),
    path("shelf/keep/", views.save_page, name="keep"),
    path("shelf/pages/<int:pk>/", views.edit_saved_page, name="kept"),
    path("shelf/pages/<int:pk>/drop/", views.remove_saved_page, name="drop"),
    path("shelf/notes/of/<int:release>/", views.write_note, name="write-note"),
    path("shelf/notes/of/<int:release>/<slug:theme>/", views.write_note, name="write-theme-note"),
    path("shelf/notes/<int:pk>/", views.edit_note, name="note"),
    path("shelf/notes/<int:pk>/remove/", views.remove_note, name="remove-note"),
]
