from django.urls import path

from insights.strategy.board import views

urlpatterns = [
    path("board/", views.show_board, name="board"),
    path("board/report/", views.show_board_report, name="board-report"),
    path("board/report.pdf", views.download_board_report, name="board-paper"),
]
