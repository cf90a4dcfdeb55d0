from django.urls import path

from consultation.interface_text import views

app_name = "languages"
urlpatterns = [
    path("", views.show_languages, name="list"),
    path("<slug:code>/", views.show_language, name="language"),
    path("<slug:code>/check/", views.save_text_check, name="check"),
    path("<slug:code>/second/", views.decide_waiting_texts, name="second"),
    path("<slug:code>/checks/<int:pk>/undo/", views.undo_text_check, name="undo"),
    path("<slug:code>/words.po", views.download_po_file, name="download"),
    path("<slug:code>/upload/", views.upload_po_file, name="upload"),
    path("<slug:code>/words/<str:key>/", views.edit_text, name="word"),
]
