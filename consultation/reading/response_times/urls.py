from django.urls import path

from consultation.reading.response_times.views import show_figures

app_name = "figures"
urlpatterns = [path("", show_figures, name="figures")]
