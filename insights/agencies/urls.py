from django.urls import path

from insights.agencies import views

urlpatterns = [
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:slug>/", views.agency, name="agency"),
    path("actions/<int:pk>/", views.item, name="action"),
    path("decisions/<slug:slug>/plan/", views.plan, name="decision-plan"),
]
