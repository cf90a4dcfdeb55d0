from django.urls import path

from cms.standards import views

app_name = "standards"
urlpatterns = [
    path("", views.assessment, name="assessment"),
    path("<slug:indicator>/", views.assess, name="assess"),
]
