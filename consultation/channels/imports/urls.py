from django.urls import path

from consultation.channels.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.show_import_consultations, name="list"),
    path("<int:page>/", views.show_or_upload_import, name="consultation"),
    path("file/<uuid:pk>/", views.show_or_change_import, name="file"),
    path("file/<uuid:pk>/people/", views.show_or_take_out_people, name="people"),
    path("file/<uuid:pk>/problems.csv", views.download_import_problems, name="problems"),
]
