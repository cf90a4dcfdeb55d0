"""Addresses of the exports, included by insights.workspace.urls."""

from django.urls import path

from insights.exports import views
from insights.exports.assessment import views as assessment
from insights.exports.pdf import views as pdf

urlpatterns = [
    path("releases/<int:pk>/figures.csv", views.figures, name="figures"),
    path("releases/<int:pk>/figures.csv-metadata.json", views.metadata, name="figures-metadata"),
    path("releases/<int:pk>/figures.xlsx", views.book, name="figures-book"),
    path("releases/<int:pk>/release.json", views.as_json, name="release-json"),
    path("releases/<int:pk>/report.pdf", pdf.report, name="report-pdf"),
    path("data-dictionary/", views.dictionary_page, name="dictionary"),
    path("data-dictionary/dictionary.csv", views.dictionary_sheet, name="dictionary-sheet"),
    path("assessment/", assessment.newest, name="assessment"),
    path("assessment/<slug:quarter>/", assessment.of_quarter, name="assessment-of"),
    path("assessment/<slug:quarter>/assessment.pdf", assessment.as_pdf, name="assessment-pdf"),
]
