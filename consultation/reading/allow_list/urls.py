from django.urls import path

from consultation.reading.allow_list import views

app_name = "allow-list"
urlpatterns = [
    path("", views.show_district_words, name="district"),
    path("add/<slug:kind>/", views.add_district_words, name="add"),
    path("consultations/<int:page>/", views.edit_consultation_words, name="consultation"),
    path("<int:pk>/remove/", views.remove_words, name="remove"),
]
