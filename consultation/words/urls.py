from django.urls import path

from consultation.words import views

app_name = "languages"
urlpatterns = [
    path("", views.languages, name="list"),
    path("<slug:code>/", views.language, name="language"),
    path("<slug:code>/check/", views.tick, name="check"),
    path("<slug:code>/checks/<int:pk>/undo/", views.undo, name="undo"),
    path("<slug:code>/words.po", views.download, name="download"),
    path("<slug:code>/upload/", views.upload, name="upload"),
    path("<slug:code>/words/<str:key>/", views.word, name="word"),
]
