from pathlib import Path

from bench.figures import Figure
from bench.report import Section, line_of, number, write_report

FIGURE = Figure("index / scan", 2.04, 1.9, 2.25, 7, 2.2, 4.0, "one wave", memory=12.4)


def test_numbers_are_written_with_the_digits_that_mean_something() -> None:
    assert [number(value) for value in (0.0412, 1.234, 12.0, 163.4, 0)] == ["0.041", "1.23", "12", "163", "0"]


def test_a_line_names_figure_spread_target_and_verdict() -> None:
    assert line_of(FIGURE) == "index / scan: 2.04x (1.90 to 2.25), target 2.20x: holds"


def test_the_report_holds_a_row_a_machine_and_the_notes(tmp_path: Path) -> None:
    report = tmp_path / "benchmarks.md"
    write_report([Section("index", "Leader index", (FIGURE,))], "2 cores", report)
    text = report.read_text()
    assert "| index / scan | 2.20x | 4x | 2.04x (1.90 to 2.25) | 7 | 12 MiB | holds |" in text
    assert "2 cores." in text
    assert "- index / scan: one wave" in text


def test_a_run_of_one_benchmark_keeps_the_sections_of_the_others(tmp_path: Path) -> None:
    report = tmp_path / "benchmarks.md"
    write_report([Section("b", "Second", (FIGURE,)), Section("a", "First", (FIGURE,))], "2 cores", report)
    before = report.read_text()
    write_report([Section("b", "Second", (FIGURE,))], "2 cores", report)
    assert report.read_text() == before
    write_report([Section("b", "Second", ())], "4 cores", report)
    after = report.read_text()
    assert after.index("## First") < after.index("## Second")
    assert "2 cores." in after
    assert "4 cores." in after
