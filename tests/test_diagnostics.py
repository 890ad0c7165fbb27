"""How a problem in a bank is printed."""

import json

import pytest

from quiz.diagnostics import FORMATS, Diagnostic, render

PLAIN = Diagnostic("scenarios/a.yaml", 3, 7, "unknown-key", "What is wrong.", "What to do.")


def test_a_concise_line_leads_to_the_place_and_names_the_problem() -> None:
    assert PLAIN.concise() == "scenarios/a.yaml:3:7: unknown-key: What is wrong."


def test_the_full_form_sets_every_line_of_the_help_below_the_concise_line() -> None:
    problem = Diagnostic("a.yaml", 1, 2, "code", "Message.", "First.\nSecond.")

    assert problem.full() == "a.yaml:1:2: code: Message.\n    First.\n    Second."


def test_the_full_form_of_a_problem_without_help_is_its_concise_line() -> None:
    problem = Diagnostic("a.yaml", 1, 2, "code", "Message.")

    assert problem.full() == problem.concise()


def test_a_workflow_command_names_file_line_column_and_title_and_carries_the_help() -> None:
    assert PLAIN.github() == (
        "::error file=scenarios/a.yaml,line=3,col=7,title=unknown-key::What is wrong.%0AWhat to do."
    )


WARNING = Diagnostic("a.yaml", 3, 7, "no-pair", "Message.", "Help.", "warning")


def test_a_warning_says_that_it_is_one_before_its_code() -> None:
    assert WARNING.concise() == "a.yaml:3:7: warning: no-pair: Message."
    assert WARNING.full() == "a.yaml:3:7: warning: no-pair: Message.\n    Help."


def test_a_warning_is_a_warning_to_a_workflow() -> None:
    assert WARNING.github() == "::warning file=a.yaml,line=3,col=7,title=no-pair::Message.%0AHelp."


def test_json_tells_errors_from_warnings() -> None:
    read = json.loads(render([PLAIN, WARNING], "json"))

    assert {item["code"]: item["severity"] for item in read} == {
        "unknown-key": "error",
        "no-pair": "warning",
    }


def test_a_workflow_command_escapes_what_would_end_it_or_one_of_its_properties() -> None:
    problem = Diagnostic("a:b,c%.yaml", 1, 1, "code", "100 %: a, b")

    assert (
        problem.github() == "::error file=a%3Ab%2Cc%25.yaml,line=1,col=1,title=code::100 %25: a, b"
    )


def test_json_is_one_array_that_reads_back_as_the_same_problems() -> None:
    others = [PLAIN, Diagnostic("z.yaml", 1, 1, "code", "“Kutipan” – \x1b", "")]

    read = json.loads(render(others, "json"))

    assert [Diagnostic(**item) for item in read] == others
    assert list(read[0]) == ["path", "line", "column", "code", "message", "help", "severity"]


def test_json_of_no_problems_is_an_empty_array() -> None:
    assert json.loads(render([], "json")) == []


@pytest.mark.parametrize("format", ["concise", "full", "github"])
def test_no_problems_print_as_nothing(format: str) -> None:
    assert render([], format) == ""


@pytest.mark.parametrize("format", FORMATS)
def test_problems_are_printed_by_path_then_line_then_column_as_numbers(format: str) -> None:
    ordered = [
        Diagnostic("a.yaml", 2, 9, "one", "m"),
        Diagnostic("a.yaml", 2, 10, "two", "m"),
        Diagnostic("a.yaml", 10, 1, "three", "m"),
        Diagnostic("b.yaml", 1, 1, "four", "m"),
    ]

    printed = render(reversed(ordered), format)

    assert sorted(printed.index(p.code) for p in ordered) == [
        printed.index(p.code) for p in ordered
    ]


@pytest.mark.parametrize("format", ["concise", "full", "github"])
def test_each_problem_takes_a_line_of_its_own(format: str) -> None:
    other = Diagnostic("z.yaml", 1, 1, "code", "Message.")

    assert render([PLAIN, other], format).splitlines()[-1] == getattr(other, format)()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("obeyed", ["\x1b[2J", "\r", "\x07", "\x9b", "\u202e", "\u200b"])
def test_nothing_that_a_terminal_obeys_or_nobody_sees_is_printed_raw(
    format: str, obeyed: str
) -> None:
    problem = Diagnostic(f"a{obeyed}.yaml", 1, 1, "code", f"The key “{obeyed}”", f"Help {obeyed}")

    assert obeyed[0] not in render([problem], format)


def test_a_hidden_character_is_shown_as_its_escape() -> None:
    problem = Diagnostic("a.yaml", 1, 1, "code", "“net\xadral”", "Stands there as “\ufeffnetral”")

    assert problem.full().splitlines() == [
        r"a.yaml:1:1: code: “net\xadral”",
        r"    Stands there as “\ufeffnetral”",
    ]


def test_a_line_feed_in_a_message_does_not_break_the_concise_line() -> None:
    problem = Diagnostic("a.yaml", 1, 1, "code", "The key “a\nb.yaml:1:1: code”")

    assert problem.concise() == r"a.yaml:1:1: code: The key “a\nb.yaml:1:1: code”"


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_name_that_is_not_unicode_can_still_be_written_out(format: str) -> None:
    name = b"kas\xffus.yaml".decode("utf-8", "surrogateescape")

    assert render([Diagnostic(name, 1, 1, "code", f"“{name}”", name)], format).encode("utf-8")
