from django.urls import path

from insights.board import views

urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/report/", views.report, name="board-report"),
    path("board/report.pdf", views.paper, name="board-paper"),
]
