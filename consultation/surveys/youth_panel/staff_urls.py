from django.urls import path

from consultation.surveys.youth_panel import staff_views

app_name = "panel"
urlpatterns = [
    path("", staff_views.show_panels, name="list"),
    path("youth-panel.csv", staff_views.download_panels, name="sheet"),
    path("<int:pk>/", staff_views.edit_panel, name="of"),
]
