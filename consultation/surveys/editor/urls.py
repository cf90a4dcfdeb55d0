from django.urls import path

from consultation.surveys.editor.views import measure_typed_text, show_changes, show_format_comparison, show_path_map

app_name = "editor"
urlpatterns = [
    path("measure/", measure_typed_text, name="measure"),
    path("<int:pk>/map/", show_path_map, name="map"),
    path("<int:pk>/voices/", show_format_comparison, name="voices"),
    path("<int:pk>/changes/", show_changes, name="changes"),
]
