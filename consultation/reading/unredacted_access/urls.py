from django.urls import path

from consultation.reading.unredacted_access import views

app_name = "originals"
urlpatterns = [path("<uuid:pk>/original/", views.show_original, name="original")]
