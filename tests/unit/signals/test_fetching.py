"""The website checker reaches public web pages and nothing else, in its time. Real sockets, a real resolver."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from time import monotonic, process_time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from directory.signals.addresses import Address, is_public, is_public_website, literal_address
from directory.signals.fetching import Fetched, Fetcher, fetch
from directory.signals.rules import WebsiteStatus
from tests.unit.signals.site import Behaviour, Site, answers, site

FETCHER = Fetcher(user_agent="HaringeySupportDirectory/1.0 (+https://directory.example/kept-current)", seconds=5)
NAME = "harbour.example"

HOSTILE = (
    "localhost",
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "127.0.1",
    "0x7f.1",
    "0x7f000001",
    "0177.0.0.1",
    "017700000001",
    "2130706433",
    "①②⑦.0.0.1",
    "127。0。0。1",
    "１２７.0.0.1",
    "127.0.0.1.",
    "127%2e0%2e0%2e1",
    "0.0.0.0",
    "0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[0:0:0:0:0:0:0:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:7f00:0001::1]",
    "[2001:0:7f00:1::]",
    "[2001::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[5f00::1]",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.254",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "ip6-localhost",
    "localhost.localdomain",
)
PUBLIC = ("93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4009::1", "192.0.1.1")


def only(made: Site, address: str = "127.0.0.1") -> Callable[[Address, int], bool]:
    """A guard that lets exactly one address and port through."""
    return lambda tried, port: (tried, port) == (ip_address(address), made.port)


def at(made: Site, path: str = "/", **changed: object) -> Fetched:
    """What a look at a site gives, under a name that leads there."""
    given = {"guard": only(made), "resolve": lambda _host, _port: ["127.0.0.1"], **changed}
    return fetch(made.url(path, host=NAME), replace(FETCHER, **given))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def inside() -> Iterator[tuple[Site, ...]]:
    """Sites on this machine, on one port, in both families of addresses."""
    with site(answers()) as four, site(answers(), host="::1", port=four.port) as six:
        yield four, six


@pytest.mark.parametrize("host", HOSTILE)
def test_no_hostile_address_is_connected_to(host: str, inside: tuple[Site, ...]) -> None:
    any_port = replace(FETCHER, guard=lambda address, _port: is_public(address))
    assert fetch(inside[0].url(host=host), any_port).status in {WebsiteStatus.REFUSED, WebsiteStatus.NO_NAME}
    assert fetch(f"http://{host}/", FETCHER).status in {WebsiteStatus.REFUSED, WebsiteStatus.NO_NAME}
    assert [made.connections for made in inside] == [0, 0]


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "[::1]"])
def test_without_the_guard_they_would_be_connected_to(host: str) -> None:
    with site(answers()) as four, site(answers(), host="::1", port=four.port) as six:
        assert fetch(four.url(host=host), replace(FETCHER, guard=lambda *_: True)).status is WebsiteStatus.FINE
        assert four.connections + six.connections == 1


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public_on_the_ports_of_the_web_only(address: str) -> None:
    assert is_public(ip_address(address))
    assert [
        port for port in (21, 22, 25, 80, 443, 3306, 5432, 8080) if is_public_website(ip_address(address), port)
    ] == [
        80,
        443,
    ]


@pytest.mark.parametrize("written", ["127.1", "0x7f.1", "2130706433", "①②⑦.0.0.1", "127.0.0.1.", "0177.1"])
def test_every_way_of_writing_loopback_means_loopback(written: str) -> None:
    assert literal_address(written) == ip_address("127.0.0.1")
    assert literal_address(NAME) is None


@pytest.mark.parametrize(
    "url",
    [
        "ftp://harbour.example/",
        "file:///etc/passwd",
        "gopher://harbour.example/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "harbour.example",
        "//harbour.example/",
        "http://",
        "http:///path",
        "http://someone@harbour.example/",
        "http://someone:secret@harbour.example/",
        "http://127.0.0.1\\@harbour.example/",
        "http://harbour.example:99999/",
        "http://[::1/",
        "http://\x00harbour.example/",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_refused_before_any_name_is_looked_up(url: str) -> None:
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    fetched = fetch(url, replace(FETCHER, guard=lambda _address, _port: False, resolve=resolve))
    assert fetched.status is WebsiteStatus.REFUSED
    assert looked_up == [] or "99999" in url


def test_a_name_that_leads_inside_is_refused_and_of_several_addresses_only_public_ones_are_used() -> None:
    with site(answers(), host="127.0.0.2") as inside, site(answers(), port=inside.port) as outside:
        both = ["127.0.0.2", "127.0.0.1", "::1"]
        assert at(outside, resolve=lambda _host, _port: both).status is WebsiteStatus.FINE
        assert at(outside, resolve=lambda _host, _port: ["127.0.0.2"]).status is WebsiteStatus.REFUSED
        assert (inside.connections, outside.connections) == (0, 1)


def test_a_name_that_leads_elsewhere_on_the_second_question_gains_nothing() -> None:
    with site(answers(), host="127.0.0.2") as inside:

        def lead_back(connection: socket.socket, path: str, ending: threading.Event) -> None:
            answers("302 Found", Location=f"http://{NAME}:{inside.port}/again")(connection, path, ending)

        replies = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]])
        with site(lead_back, port=inside.port) as outside:
            assert at(outside, resolve=lambda _host, _port: next(replies)).status is WebsiteStatus.REFUSED
            assert outside.asked == ["/"]
        assert inside.connections == 0


def test_the_name_is_resolved_once_for_each_connection_and_the_connection_goes_to_what_was_judged() -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with site(answers()) as made:
        assert at(made, resolve=resolve).status is WebsiteStatus.FINE
        assert (asked, made.connections) == ([NAME], 1)


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.2:{port}/",
        "http://2130706434:{port}/",
        "http://[::ffff:127.0.0.2]:{port}/",
        "http://someone@harbour.example:{port}/",
        "file:///etc/passwd",
        "ftp://harbour.example/",
        "//127.0.0.2:{port}/",
        "http://harbour.example:22/",
    ],
)
def test_a_redirect_is_judged_like_the_first_address(inside: str) -> None:
    with site(answers(), host="127.0.0.2") as internal:
        location = inside.format(port=internal.port)
        with site(answers("301 Moved Permanently", Location=location), port=internal.port) as outside:
            assert at(outside) == Fetched(WebsiteStatus.REFUSED)
            assert outside.connections == 1
        assert internal.connections == 0


def redirects(times: int, status: str = "301 Moved Permanently") -> Behaviour:
    def behave(connection: socket.socket, path: str, ending: threading.Event) -> None:
        number = int(path.strip("/") or 0)
        reply = answers(status, Location=f"/{number + 1}") if number < times else answers()
        reply(connection, path, ending)

    return behave


@pytest.mark.parametrize(
    ("times", "status"), [(0, WebsiteStatus.FINE), (3, WebsiteStatus.FINE), (4, WebsiteStatus.TOO_MANY_REDIRECTS)]
)
def test_at_most_three_redirects_are_followed(times: int, status: WebsiteStatus) -> None:
    with site(redirects(times)) as made:
        assert at(made).status is status
        assert len(made.asked) == min(times, 3) + 1


def test_a_move_for_good_is_noted_and_one_for_a_while_is_not() -> None:
    with site(redirects(2)) as made:
        assert at(made).moved_to == made.url("/2", host=NAME)
    with site(redirects(2, "302 Found")) as made:
        assert at(made).moved_to == ""


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("204 No Content", WebsiteStatus.FINE),
        ("403 Forbidden", WebsiteStatus.RESTRICTED),
        ("429 Too Many Requests", WebsiteStatus.RESTRICTED),
        ("404 Not Found", WebsiteStatus.NOT_FOUND),
        ("410 Gone", WebsiteStatus.NOT_FOUND),
        ("500 Internal Server Error", WebsiteStatus.SERVER_ERROR),
        ("503 Service Unavailable", WebsiteStatus.SERVER_ERROR),
    ],
)
def test_what_an_answer_means(line: str, status: WebsiteStatus) -> None:
    with site(answers(line, body=b"")) as made:
        assert at(made).status is status


def test_it_says_who_it_is_and_asks_for_the_name() -> None:
    with site(answers()) as made:
        at(made, "/about?x=1")
        head = made.requests[0]
    assert head.startswith("GET /about?x=1 HTTP/1.1\r\n")
    assert f"Host: {NAME}:{made.port}\r\n" in head
    assert "User-Agent: HaringeySupportDirectory/1.0 (+https://directory.example/kept-current)\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head


def test_a_name_that_is_not_there_and_a_port_where_nobody_listens() -> None:
    with site(answers()) as made:
        pass
    assert fetch("http://nowhere.invalid/", FETCHER).status is WebsiteStatus.NO_NAME
    assert at(made).status is WebsiteStatus.NO_ANSWER


def drip(what: bytes, before: bytes = b"") -> Behaviour:
    """Sends a byte now and then, as long as anybody listens."""

    def behave(connection: socket.socket, _path: str, ending: threading.Event) -> None:
        connection.sendall(before)
        while not ending.wait(0.02):
            connection.sendall(what)

    return behave


AT_ONCE = 10
"""Seconds: far more than a fetch is given, on a busy machine too, and far less than for ever."""
OPENED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("what", "before"),
    [
        (b"x", OPENED + b"\r\n"),  # the body
        (b"X", OPENED + b"X-Slow: "),  # a header
        (b"HTTP/1.1 103 Early Hints\r\n\r\n", b""),  # promises
        (b"", b""),  # nothing at all
    ],
    ids=["body", "header", "promises", "silence"],
)
def test_a_slow_drip_is_cut(what: bytes, before: bytes) -> None:
    with site(drip(what, before)) as made:
        began = monotonic()
        assert at(made, seconds=0.5).status is WebsiteStatus.TOO_SLOW
        assert monotonic() - began < AT_ONCE


def test_a_name_server_that_never_answers_is_not_waited_for() -> None:
    never = threading.Event()

    def resolve(_host: str, _port: int) -> list[str]:
        never.wait(60)
        return []

    with site(answers()) as made:
        began = monotonic()
        assert at(made, seconds=0.3, resolve=resolve).status is WebsiteStatus.TOO_SLOW
        assert monotonic() - began < AT_ONCE
        never.set()


def test_no_more_than_64_kilobytes_are_read() -> None:
    sent: list[int] = []

    def flood(connection: socket.socket, _path: str, ending: threading.Event) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)
        connection.sendall(OPENED + b"\r\n")
        while not ending.is_set():
            connection.sendall(b"x" * 4096)
            sent.append(4096)

    with site(flood) as made:
        assert at(made).status is WebsiteStatus.FINE
    assert sum(sent) < 8 * 1024 * 1024  # what the machine's own buffers hold, not a flood


def test_a_gzip_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * (60 * 1024 * 1024))
    with site(answers(body=bomb, Content_Encoding="gzip")) as made:
        began = process_time()
        assert at(made).status is WebsiteStatus.FINE
        assert process_time() - began < 1


def test_a_head_without_end_is_cut() -> None:
    def endless(connection: socket.socket, _path: str, ending: threading.Event) -> None:
        connection.sendall(OPENED)
        while not ending.is_set():
            connection.sendall(b"X-More: " + b"y" * 4000 + b"\r\n")

    with site(endless) as made:
        assert at(made).status is WebsiteStatus.NO_ANSWER


def test_what_is_no_http_is_no_answer() -> None:
    with site(lambda connection, _path, _ending: connection.sendall(b"220 mail.example ESMTP\r\n")) as made:
        assert at(made).status is WebsiteStatus.NO_ANSWER


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server with a certificate for NAME uses, and what a visitor uses who believes it."""
    path: Path = tmp_path_factory.mktemp("tls") / "site.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(path)
    return serving, ssl.create_default_context(cafile=str(path))


def test_the_certificate_is_checked_for_the_name_and_not_for_the_address(
    certified: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    serving, believing = certified
    with site(answers(), tls=serving) as made:
        trusting = replace(FETCHER, guard=only(made), resolve=lambda _host, _port: ["127.0.0.1"], tls=believing)
        assert fetch(made.url(host=NAME, scheme="https"), trusting).status is WebsiteStatus.FINE
        assert f"Host: {NAME}:{made.port}\r\n" in made.requests[0]
        other = made.url(host="other.example", scheme="https")
        assert fetch(other, trusting).status is WebsiteStatus.BAD_CERTIFICATE
        unknown = replace(trusting, tls=ssl.create_default_context())
        assert fetch(made.url(host=NAME, scheme="https"), unknown).status is WebsiteStatus.BAD_CERTIFICATE
        assert len(made.requests) == 1
