from django.urls import path

from cms.retention import views

app_name = "retention"
urlpatterns = [path("", views.report, name="report")]
