from django.urls import path

from consultation.reading.staffing import views

app_name = "readers"
urlpatterns = [
    path("", views.consultations, name="list"),
    path("<int:pk>/", views.of_consultation, name="consultation"),
    path("take-out/<int:named>/", views.take_out, name="take-out"),
]
