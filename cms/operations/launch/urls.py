from django.urls import path

from cms.operations.launch import views

app_name = "launch"
urlpatterns = [
    path("", views.show_checklist, name="checklist"),
    path("update/", views.save_live_state, name="update-live-state"),
    path("tick/<slug:item>/", views.tick_checklist_item, name="tick"),
    path("untick/<int:pk>/", views.untick_checklist_item, name="untick"),
]
