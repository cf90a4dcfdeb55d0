from django.urls import path

from insights.strategy.assessment import views as assessment
from insights.strategy.board import views as board
from insights.strategy.coverage import views as coverage

urlpatterns = [
    path("board/", board.show_board, name="board"),
    path("board/report/", board.show_board_report, name="board-report"),
    path("board/report.pdf", board.download_board_report, name="board-paper"),
    path("coverage/", coverage.show_coverage, name="coverage"),
    path("coverage/gaps/", coverage.show_coverage_gaps, name="coverage-gaps"),
    path("coverage/coverage.csv", coverage.download_coverage_sheet, name="coverage-sheet"),
    path("coverage/<slug:point>/", coverage.show_strategy_point, name="point"),
    path("assessment/", assessment.redirect_to_newest_assessment, name="assessment"),
    path("assessment/<slug:quarter>/", assessment.show_assessment, name="assessment-of"),
]
