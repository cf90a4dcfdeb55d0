from django.urls import path

from insights.decisions.unanswered import views

urlpatterns = [
    path("unanswered/", views.show_unanswered, name="unanswered"),
    path("unanswered/<slug:slug>/<int:release>/<int:theme>/dismiss/", views.dismiss_alert, name="dismiss-alert"),
]
