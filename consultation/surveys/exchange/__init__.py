"""Exporting and importing questionnaires as spreadsheets."""
