from django.urls import path

from consultation.surveys.translations import translator_file_views, views

app_name = "translations"
urlpatterns = [
    path("", views.show_translations, name="list"),
    path("<int:pk>/", views.show_page_languages, name="page"),
    path("<int:pk>/<slug:code>/", views.show_language, name="language"),
    path("<int:pk>/<slug:code>/begin/", views.begin_language, name="begin"),
    path("<int:pk>/<slug:code>/send/", views.send_for_check, name="send"),
    path("<int:pk>/<slug:code>/check/", views.save_verdicts, name="judge"),
    path("<int:pk>/<slug:code>/live/", views.publish_language_now, name="live"),
    path("<int:pk>/<slug:code>/withdraw/", views.withdraw_language_approval, name="withdraw"),
    path("<int:pk>/<slug:code>/words/<slug:place>/", views.edit_string, name="words"),
    path("<int:pk>/<slug:code>/words/<slug:place>/keep/", views.keep_older_string, name="keep"),
    path("<int:pk>/<slug:code>/words.po", translator_file_views.download_po_file, name="download"),
    path(
        "<int:pk>/<slug:code>/words.xlsx",
        translator_file_views.download_office_file,
        {"form": "xlsx"},
        name="download-xlsx",
    ),
    path(
        "<int:pk>/<slug:code>/words.docx",
        translator_file_views.download_office_file,
        {"form": "docx"},
        name="download-docx",
    ),
    path("<int:pk>/<slug:code>/file/", translator_file_views.show_po_dry_run, name="dry-run"),
    path("<int:pk>/<slug:code>/file/take/", translator_file_views.accept_po_file, name="take"),
    path("<int:pk>/<slug:code>/file/<int:file>/undo/", translator_file_views.undo_po_import, name="undo"),
]
