from django.urls import path

from consultation.answering.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.consultations, name="list"),
    path("<int:page>/", views.consultation, name="consultation"),
    path("file/<uuid:pk>/", views.file, name="file"),
    path("file/<uuid:pk>/problems.csv", views.problems, name="problems"),
]
