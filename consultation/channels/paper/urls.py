from django.urls import path

from consultation.channels.paper import views
from consultation.channels.web.staff_consultations import redirect_to_consultations

app_name = "paper"
urlpatterns = [
    path("", views.choose_paper_form, name="choose"),
    path("type/<slug:reference>/", views.type_paper_form, name="enter"),
    path("forms/", redirect_to_consultations),
    path("forms/<int:pk>/", views.show_paper_forms, name="consultation"),
    path("forms/<int:pk>/<slug:language>/<slug:kind>/", views.download_paper_form, name="form"),
]
