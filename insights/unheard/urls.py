from django.urls import path

from insights.unheard import views

urlpatterns = [
    path("unheard/", views.unheard, name="unheard"),
    path("unheard/<slug:slug>/<int:release>/<int:theme>/dismiss/", views.dismiss, name="dismiss-alert"),
]
