from django.urls import path

from cms.site.hear_by_right import views

app_name = "standards"
urlpatterns = [
    path("", views.show_assessment, name="assessment"),
    path("<slug:indicator>/", views.edit_assessment, name="assess"),
]
