from django.urls import path

from cms.operations.audit_pages import views

app_name = "audit"
urlpatterns = [path("", views.show_audit_log, name="log"), path("log.csv", views.export_audit_log, name="export")]
