from django.urls import path

from consultation.reading.staffing import views

app_name = "readers"
urlpatterns = [
    path("", views.show_staffing_overview, name="list"),
    path("<int:pk>/", views.edit_named_readers, name="consultation"),
    path("take-out/<int:named>/", views.remove_reader, name="take-out"),
]
