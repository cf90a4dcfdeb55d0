from django.urls import path

from consultation.answering.paper import views

app_name = "paper"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("type/<slug:reference>/", views.enter, name="enter"),
    path("forms/", views.consultations, name="list"),
    path("forms/<int:pk>/", views.consultation, name="consultation"),
    path("forms/<int:pk>/<slug:language>/<slug:kind>/", views.form, name="form"),
]
