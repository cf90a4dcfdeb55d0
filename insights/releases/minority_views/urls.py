"""Pages under /insights/manage/minority-views/."""

from django.urls import path

from insights.releases.minority_views import views

urlpatterns = [
    path("releases/<int:pk>/", views.show_minority_voices, name="minority-views"),
    path("releases/<int:pk>/themes/<slug:slug>/", views.edit_minority_voice, name="write-minority-view"),
    path("<int:pk>/approve/", views.save_voice_approval, name="approve-minority-view"),
]
