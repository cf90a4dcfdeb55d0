from django.urls import path

from insights.strategy.coverage import views

urlpatterns = [
    path("coverage/", views.show_coverage, name="coverage"),
    path("coverage/gaps/", views.show_coverage_gaps, name="coverage-gaps"),
    path("coverage/coverage.csv", views.download_coverage_sheet, name="coverage-sheet"),
    path("coverage/<slug:point>/", views.show_strategy_point, name="point"),
]
