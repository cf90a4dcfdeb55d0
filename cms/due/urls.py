from django.urls import path

from cms.due.views import due

app_name = "due"
urlpatterns = [path("", due, name="board")]
