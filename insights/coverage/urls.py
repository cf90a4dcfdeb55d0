from django.urls import path

from insights.coverage import views

urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
    path("coverage/gaps/", views.gap_list, name="coverage-gaps"),
    path("coverage/coverage.csv", views.as_sheet, name="coverage-sheet"),
    path("coverage/<slug:point>/", views.point, name="point"),
]
