from django.urls import path

from cms.staff.consultation_home import views
from cms.staff.consultation_home.approval_views import show_approval

app_name = "consultations"
urlpatterns = [
    path("", views.show_consultations, name="list"),
    path("number/<int:pk>/", views.redirect_to_home, name="number"),
    path("<slug:slug>/", views.show_home, name="home"),
    path("<slug:slug>/approval/", show_approval, name="approval"),
]
