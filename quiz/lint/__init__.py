"""What the program proves about a whole bank that has no errors. Pure.

Each rule yields findings; none of them keeps a bank from being played.
"""

from collections.abc import Iterator

from quiz.lint.acts import acts_in
from quiz.lint.balance import balance
from quiz.lint.budgets import budgets, unpaired
from quiz.lint.coverage import overused, questions_by_quote, unquoted
from quiz.lint.doubles import doubles
from quiz.lint.finding import Finding
from quiz.lint.giveaways import giveaways
from quiz.lint.parity import parity
from quiz.models import Bank

__all__ = ["Finding", "lint"]


def lint(bank: Bank) -> Iterator[Finding]:
    """Everything that `bank` would be better without."""
    spoken = [acts_in(bank, language) for language in bank.manifest.languages]
    yield from balance(bank)
    yield from giveaways(spoken)
    used = questions_by_quote(bank)
    yield from unquoted(bank, used)
    yield from overused(bank, used)
    yield from budgets(bank)
    yield from unpaired(bank)
    yield from doubles(bank, spoken[0])
    yield from parity(bank)
