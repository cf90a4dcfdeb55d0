from django.urls import path

from consultation.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.show_audit_log, name="log"),
    path("log.csv", views.export_audit_log, name="export"),
]
