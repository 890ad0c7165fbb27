"""The matched test as every front end takes it: which one, what is said before it and after it."""

from collections.abc import Iterator

from quiz import forms
from quiz.i18n import _, n_
from quiz.models import Bank
from quiz.session import Plan
from quiz.store import Run, Store


def next_test(bank: Bank, store: Store) -> Plan | Run:
    """The test to take: the one to go on with where one was begun, else the one that is next.

    Raises StoreError, and UsageError where the bank is too small for a test.
    """
    sittings = store.tests(bank.manifest.id)
    if begun := forms.unfinished(bank, sittings):
        run = store.run(begun.session)
        if not run.session.within(bank.question).done:
            return run
    return forms.next_form(bank, sittings)


def rules(bank: Bank, form: str, length: int) -> Iterator[str]:
    """What a test of `length` questions is, a thought at a time."""
    questions = n_(
        "Form {form} has {number} question.", "Form {form} has {number} questions.", length
    )
    yield " ".join(
        [
            questions.format(form=form, number=length),
            _(
                "Take form A before you train and form B after it. They ask about different acts, "
                "with as many of each principle, verdict and level."
            ),
        ]
    )
    yield _("No answer is explained before the end. Then each is.")
    yield _(
        "You pass with at least {mark}%; “netral certificate” then writes a page to print."
    ).format(mark=round(bank.manifest.pass_mark * 100))


def outcome(bank: Bank, store: Store, run: Run) -> Iterator[str]:
    """What a test just finished comes to, and what is next. Raises StoreError."""
    if run.subject == forms.A:
        yield _("Now train, then take form B. Until then its questions stay out of your practice.")
    else:
        yield from _compared(bank, store)
    if run.session.score.passes(bank.manifest.pass_mark):
        yield _("You have passed: “netral certificate” writes a page to print.")


def _compared(bank: Bank, store: Store) -> Iterator[str]:
    from quiz.stats_words import comparison_lines

    id = bank.manifest.id
    if comparison := forms.compare(store.history(id), store.tests(id)):
        yield from comparison_lines(comparison)
    else:
        yield _("Forms A and B cannot be compared: you met every act of form B in between.")
