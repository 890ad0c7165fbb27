"""`netral`, and `python -m quiz`."""

import io
import os
import sys

from quiz import i18n, paths, settings


def main() -> None:
    """Run the command line in the learner's language."""
    _bear_any_character()
    arguments = sys.argv[1:]
    kept = settings.load(paths.settings_file()).language
    # Help texts are translated where they stand, so that the language comes before the commands.
    i18n.install(i18n.choose(_asked(arguments), kept, os.environ))
    from quiz import cli

    sys.exit(cli.run(arguments))


def _asked(arguments: list[str]) -> str | None:
    asked = None
    for number, argument in enumerate(arguments):
        if argument == "--lang":
            asked = next(iter(arguments[number + 1 :]), None)
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked


def _bear_any_character() -> None:
    # Where a terminal lacks a character it shows a “?”, and a byte that is no text is no answer.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
