from django.urls import path

from consultation.reading.known import views

app_name = "known-words"
urlpatterns = [
    path("", views.district, name="district"),
    path("add/<slug:kind>/", views.add, name="add"),
    path("consultations/<int:page>/", views.of_consultation, name="consultation"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
