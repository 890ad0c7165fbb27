"""The command line: its language, its help, what is said of a slip, the code it ends with."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz import __version__, paths, settings
from quiz.cli import COMMANDS

from .commandline import ALL, SMALL, Netral, Process, databases


@pytest.mark.parametrize(
    "arguments",
    [
        ("tanya",),
        ("--tanya",),
        ("play", "--tanya"),
        ("play", "satu"),
        ("play", "-n"),
        ("play", "-n", "0"),
        ("play", "-n", "-1"),
        ("play", "-n", "dua"),
        ("play", "--seed", "x"),
        ("--lang", "fr"),
        ("check", "--format", "xml"),
        ("check", "a", "b"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_refused_with_a_way_to_help(
    netral: Netral, home: Path, arguments: tuple[str, ...]
) -> None:
    done = netral(*arguments, typed=ALL)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: netral") or "requires an argument" in done.err
    assert databases(home) == []


# language


@pytest.mark.parametrize(
    ("before", "after", "act"),
    [
        ([], [], "Wayan wears a party shirt."),
        (["--lang", "id"], [], "Wayan memakai kaus partai."),
        (["--lang=id"], [], "Wayan memakai kaus partai."),
        ([], ["--lang", "id"], "Wayan memakai kaus partai."),
        ([], ["--lang=id"], "Wayan memakai kaus partai."),
        (["--lang", "id"], ["--lang=en"], "Wayan wears a party shirt."),
        (["--lang=en"], ["--lang", "id"], "Wayan memakai kaus partai."),
    ],
)
def test_the_language_may_be_named_before_and_after_the_command_and_the_last_one_counts(
    netral: Netral, before: list[str], after: list[str], act: str
) -> None:
    done = netral(*before, "play", "--bank", SMALL, *after)

    assert done.code == 0
    assert act in done.out
    assert ("Your answer" in done.out) == ("wears" in act)


def test_the_saved_language_counts_until_another_is_asked_for(netral: Netral) -> None:
    settings.save(settings.Settings(language="id"), paths.settings_file())

    assert "Wayan memakai" in netral("--bank", SMALL).out
    assert "Wayan wears" in netral("--bank", SMALL, "--lang", "en").out


def test_the_locale_counts_where_nothing_else_was_said(netral: Netral) -> None:
    assert "Wayan memakai" in netral("--bank", SMALL, language="id_ID.UTF-8").out
    assert "Wayan wears" in netral("--bank", SMALL, language="en_GB").out


@pytest.mark.parametrize("arguments", [["--lang"], ["play", "--lang"], ["--lang="]])
def test_a_language_that_was_not_named_is_refused(netral: Netral, arguments: list[str]) -> None:
    assert netral(*arguments).code == 2


def test_a_usage_error_comes_in_the_language_too(netral: Netral) -> None:
    english = netral("play", "-n", "0")
    indonesian = netral("play", "-n", "0", "--lang", "id")

    assert (english.code, indonesian.code) == (2, 2)
    for mine, other in zip(english.err.splitlines(), indonesian.err.splitlines(), strict=True):
        assert mine != other or not mine


def test_a_command_with_a_slip_in_it_is_guessed_in_the_language_at_hand(netral: Netral) -> None:
    english = netral("revew").err.splitlines()
    indonesian = netral("revew", language="id").err.splitlines()

    assert english[-1] == "Error: No such command 'revew'. Did you mean 'review'?"
    assert indonesian[-1] == "Kesalahan: Tidak ada perintah 'revew'. Mungkin maksud Anda 'review'?"


# help

HELPS = """
    import json
    import sys

    import click

    from quiz import i18n

    i18n.install(sys.argv[1])
    from quiz.cli import main

    context = click.Context(main, info_name="netral")
    helps = {}
    for name, command in {"netral": main, **main.commands}.items():
        helps[name] = command.help
        for option in command.get_params(context):
            if isinstance(option, click.Option):
                helps[f"{name} {option.opts[-1]}"] = option.help
    print(json.dumps(helps))
"""


def test_every_command_and_every_option_has_its_help_in_both_languages(
    python: Callable[..., str],
) -> None:
    english, indonesian = (json.loads(python(HELPS, language)) for language in ("en", "id"))

    assert list(english) == list(indonesian)
    assert {"netral", "play", "check", "play --seed", "check --format", "netral --bank"} <= {
        *english
    }
    assert [name for name in english if not english[name] or not indonesian[name]] == []
    assert [name for name in english if english[name] == indonesian[name]] == []


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_is_printed_and_nothing_done(
    netral: Netral, home: Path, command: list[str], asked: str
) -> None:
    done = netral(*command, asked, typed=ALL)

    assert (done.code, done.err) == (0, "")
    assert "--lang [id|en]" in done.out
    assert databases(home) == []


def test_help_lists_every_command_with_what_it_does(netral: Netral) -> None:
    _, listed = netral("-h").out.split("Commands:\n")

    named = re.findall(r"^  (\S+)  +\S", listed, re.MULTILINE)
    assert named == sorted(COMMANDS)


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_a_command_does_is_listed_whole(process: Process, language: str) -> None:
    listed = process("--lang", language, "-h").stdout.decode().split("\n\n")[-1]

    assert [line for line in listed.splitlines() if line.endswith("...")] == []


PAGES = """
    import click

    from quiz import i18n

    i18n.install("id")
    from quiz.cli import main

    def pages(command, context):
        print(command.get_help(context))
        for name, inner in getattr(command, "commands", {}).items():
            pages(inner, click.Context(inner, context, name))

    pages(main, click.Context(main, info_name="netral"))
"""


def test_indonesian_help_names_what_to_type_in_indonesian(python: Callable[..., str]) -> None:
    capitals = set(re.findall(r"\b[A-Z]{3,}\b", python(PAGES)))

    assert {"OPSI", "PERINTAH", "BERKAS", "SESI"} <= capitals
    words = {"ALAMAT", "ARGUMEN", "FOLDER", "KODE", "NAMA", "PRINSIP", "TANGGAL", "JSON"}
    assert capitals - words == {"OPSI", "PERINTAH", "BERKAS", "SESI"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["play", "--seed", "x"], "'x' bukan bilangan bulat."),
        (["host", "--plan", "tiada.json"], "Berkas 'tiada.json' tidak ada."),
    ],
    ids=" ".join,
)
def test_what_a_value_has_to_be_is_said_in_indonesian(
    process: Process, arguments: list[str], said: str
) -> None:
    done = process("--lang", "id", *arguments)

    assert done.stderr.decode().strip().endswith(said)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["play", "-h"], ["opening", "play"]),
        (["check", "-h"], ["check", "opening"]),
        (["--version"], ["opening"]),
    ],
    ids=" ".join,
)
def test_of_the_commands_only_the_one_called_is_imported(
    python: Callable[..., str], command: list[str], expected: list[str]
) -> None:
    loaded = python(
        """
        import sys
        from quiz import __main__
        printed, sys.stdout = sys.stdout, sys.stderr
        try:
            __main__.main()
        except SystemExit:
            names = (name.rpartition("quiz.commands.")[2] for name in sys.modules)
            print(*sorted(n for n in names if f"quiz.commands.{n}" in sys.modules), file=printed)
        """,
        *command,
    )

    assert loaded.split() == expected


# a process of its own


def test_the_module_runs_as_the_command_and_knows_its_version(process: Process) -> None:
    done = process("--version")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().split() == ["netral", __version__]


def test_a_file_that_cannot_be_read_is_named(netral: Netral, home: Path) -> None:
    done = netral("plan", "--plan", home)

    assert done.code == 1
    assert done.err.startswith(f"Reading or writing failed: {home}: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("arguments", [["--help"], ["check", SMALL, "--format", "json"]])
def test_output_that_cannot_be_written_is_an_error_said_in_one_line(
    process: Process, arguments: list[object]
) -> None:
    done = process(*arguments, streams="> /dev/full")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
