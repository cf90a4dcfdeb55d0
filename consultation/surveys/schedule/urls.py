from django.urls import path

from consultation.surveys.schedule import views

app_name = "dates"
urlpatterns = [path("", views.show_dates, name="list"), path("<int:pk>/", views.edit_dates, name="consultation")]
