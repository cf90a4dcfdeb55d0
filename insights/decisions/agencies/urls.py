from django.urls import path

from insights.decisions.agencies import views

urlpatterns = [
    path("agencies/", views.show_agencies, name="agencies"),
    path("agencies/<slug:slug>/", views.show_agency, name="agency"),
    path("actions/<int:pk>/", views.show_action, name="action"),
    path("decisions/<slug:slug>/plan/", views.edit_plan, name="decision-plan"),
]
