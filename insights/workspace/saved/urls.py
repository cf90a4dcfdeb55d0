from django.urls import path

from insights.workspace.saved import views

urlpatterns = [
    path("saved/", views.show_saved, name="saved"),
    path("saved/keep/", views.save_page, name="save-page"),
    path("saved/pages/<int:pk>/", views.edit_saved_page, name="saved-page"),
    path("saved/pages/<int:pk>/remove/", views.remove_saved_page, name="remove-saved-page"),
    path("saved/notes/of/<int:release>/", views.write_note, name="write-note"),
    path("saved/notes/of/<int:release>/<slug:theme>/", views.write_note, name="write-theme-note"),
    path("saved/notes/<int:pk>/", views.edit_note, name="note"),
    path("saved/notes/<int:pk>/remove/", views.remove_note, name="remove-note"),
]
