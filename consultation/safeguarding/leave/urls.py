from django.urls import path

from consultation.safeguarding.leave import views

app_name = "leave"
urlpatterns = [
    path("", views.show_leave, name="leave"),
    path("end/", views.save_end, name="end"),
]
