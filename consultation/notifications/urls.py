from django.urls import path

from consultation.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.edit_own_channels, name="own"),
    path("try/", views.send_test_message, name="try"),
]
