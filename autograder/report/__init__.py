"""What comes of grading: tables, Gradescope's results, and pages for students and staff."""

from autograder.report.gradescope import gradescope_results, write_gradescope_json
from autograder.report.summary import summary_table
from autograder.report.table import write_grades_csv
from autograder.report.writer import ReportPaths, ReportWriter, write_reports

__all__ = [
    "ReportPaths",
    "ReportWriter",
    "gradescope_results",
    "summary_table",
    "write_grades_csv",
    "write_gradescope_json",
    "write_reports",
]
