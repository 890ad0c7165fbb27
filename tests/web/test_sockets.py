import ipaddress
import socket

import pytest

from quiz.errors import QuizError
from quiz.web import sockets
from quiz.web.sockets import PortTaken, addresses, bind, is_host, url


def test_a_free_port_is_found() -> None:
    listening = bind(0)

    ports = {listener.getsockname()[1] for listener in listening}
    for listener in listening:
        listener.close()

    assert len(ports) == 1
    assert ports.pop() > 1023


def test_a_port_in_use_is_told_with_another_one() -> None:
    (taken,) = bind(0, "127.0.0.1")
    taken.listen()
    port = taken.getsockname()[1]

    with pytest.raises(PortTaken) as caught:
        bind(port, "127.0.0.1")
    taken.close()

    assert isinstance(caught.value, QuizError)
    assert caught.value.message == f"Port {port} is in use by another program."
    assert str(port + 1) in caught.value.hint


def test_a_port_that_was_just_in_use_can_be_used_again() -> None:
    (first,) = bind(0, "127.0.0.1")
    first.listen()
    port = first.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)):
        accepted, _address = first.accept()
        accepted.close()
    first.close()

    (again,) = bind(port, "127.0.0.1")
    again.close()


@pytest.mark.parametrize(
    ("port", "host"), [(70_000, None), (-1, None), (0, "192.0.2.123"), (0, "no such address")]
)
def test_what_cannot_be_listened_on_is_told(port: int, host: str | None) -> None:
    with pytest.raises(PortTaken) as caught:
        bind(port, host)

    assert "cannot be used: " in caught.value.message
    assert caught.value.hint


def test_the_machines_own_addresses_can_be_reached_from_elsewhere() -> None:
    found = addresses()

    assert found
    assert len(set(found)) == len(found)
    if found != [sockets.LOOPBACK]:
        assert not any(ipaddress.ip_address(address).is_loopback for address in found)


def test_without_a_network_there_is_the_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "_ELSEWHERE", ((socket.AF_INET, "127.0.0.2"),))

    assert addresses() == ["127.0.0.1"]


def test_the_address_of_a_home_or_office_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ["2001:db8::7", "fd00::7", "203.0.113.7", "172.20.10.1", "10.0.0.7", "192.168.1.7"]
    monkeypatch.setattr(sockets, "_from_routes", lambda: iter([*found, "169.254.1.7", "::1"]))

    assert addresses() == [
        "192.168.1.7",
        "10.0.0.7",
        "172.20.10.1",
        "203.0.113.7",
        "fd00::7",
        "2001:db8::7",
    ]


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("10.0.0.5", True),
        ("fd00::5", True),
        ("aula", True),
        ("Aula-2.local", True),
        ("latihan_2.kantor.example", True),
        ("http://10.0.0.5:8000/", False),
        ("10.0.0.5:8000", False),
        ("aula.local:8000", False),
        ("[fd00::5]", False),
        ("fe80::5%eth0", False),
        ("10.0.0.999", False),
        ("aula/masuk?x", False),
        ("aula satu", False),
        ("aula..local", False),
        ("a@aula", False),
        ("aula\n", False),
        ("", False),
        ("a" * 64, False),
        (".".join(["aula"] * 60), False),
    ],
)
def test_what_can_be_given_out_is_a_name_or_number_alone(typed: str, is_one: bool) -> None:
    assert is_host(typed) is is_one


@pytest.mark.parametrize(
    ("address", "port", "expected"),
    [
        ("10.0.0.5", 8000, "http://10.0.0.5:8000"),
        ("fd00::7", 8000, "http://[fd00::7]:8000"),
        ("aula.local", 80, "http://aula.local"),
    ],
)
def test_an_address_as_it_is_typed(address: str, port: int, expected: str) -> None:
    assert url(address, port) == expected
