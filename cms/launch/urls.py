from django.urls import path

from cms.launch import views

app_name = "launch"
urlpatterns = [
    path("", views.checklist, name="checklist"),
    path("look/", views.look, name="look"),
    path("tick/<slug:item>/", views.tick, name="tick"),
    path("untick/<int:pk>/", views.untick, name="untick"),
]
