from django.urls import path

from insights.decisions.unanswered import views

urlpatterns = [
    path("unheard/", views.show_unanswered, name="unheard"),
    path("unheard/<slug:slug>/<int:release>/<int:theme>/dismiss/", views.dismiss_alert, name="dismiss-alert"),
]
