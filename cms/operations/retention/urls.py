from django.urls import path

from cms.operations.retention import views

app_name = "retention"
urlpatterns = [path("", views.show_retention_report, name="report")]
