"""Pages under /insights/manage/voices/."""

from django.urls import path

from insights.reports.voices import views

urlpatterns = [
    path("releases/<int:pk>/", views.voices, name="voices"),
    path("releases/<int:pk>/themes/<slug:slug>/", views.write, name="write-voice"),
    path("<int:pk>/approve/", views.approve, name="approve-voice"),
]
