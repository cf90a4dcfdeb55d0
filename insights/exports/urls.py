"""Addresses of the exports, included by insights.workspace.urls."""

from django.urls import path

from insights.exports import views
from insights.exports.pdf import views as pdf

urlpatterns = [
    path("releases/<int:pk>/figures.csv", views.download_figures_csv, name="figures"),
    path("releases/<int:pk>/figures.csv-metadata.json", views.download_csvw_metadata, name="figures-metadata"),
    path("releases/<int:pk>/figures.xlsx", views.download_figures_workbook, name="figures-book"),
    path("releases/<int:pk>/release.json", views.download_release_json, name="release-json"),
    path("releases/<int:pk>/report.pdf", pdf.download_report_pdf, name="report-pdf"),
    path("data-dictionary/", views.show_data_dictionary, name="dictionary"),
    path("data-dictionary/dictionary.csv", views.download_data_dictionary, name="dictionary-sheet"),
    path("assessment/<slug:quarter>/assessment.pdf", pdf.download_assessment_pdf, name="assessment-pdf"),
]
