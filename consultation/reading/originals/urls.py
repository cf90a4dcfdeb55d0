from django.urls import path

from consultation.reading.originals import views

app_name = "originals"
urlpatterns = [path("<uuid:pk>/original/", views.original, name="original")]
