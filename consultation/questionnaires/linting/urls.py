from django.urls import path

from consultation.questionnaires.linting.views import checks, checks_now

app_name = "checks"
urlpatterns = [
    path("<int:pk>/", checks, name="one"),
    path("<int:pk>/list/", checks_now, name="now"),
]
