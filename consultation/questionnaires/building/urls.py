from django.urls import path

from consultation.questionnaires.building.views import changes, map_of_paths, measure, three_voices

app_name = "building"
urlpatterns = [
    path("measure/", measure, name="measure"),
    path("<int:pk>/map/", map_of_paths, name="map"),
    path("<int:pk>/voices/", three_voices, name="voices"),
    path("<int:pk>/changes/", changes, name="changes"),
]
