from django.urls import path

from consultation.surveys.validation.views import show_findings, show_findings_list

app_name = "validation"
urlpatterns = [path("<int:pk>/", show_findings, name="one"), path("<int:pk>/list/", show_findings_list, name="now")]
