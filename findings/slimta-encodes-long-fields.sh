#!/usr/bin/env bash
# python-slimta, a mail server library, writes each message anew through Python's email package. A field of more than 78 bytes
# without a blank is then written as encoded words, also where RFC 2047 section 5 forbids them: List-Unsubscribe (RFC 2369)
# holds an address in angle brackets, and receivers take its encoded form for none. The DKIM signature over it breaks as well.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    python-slimta==5.0.5 gevent==26.9.0 pysasl==1.2.0 setuptools==80.9.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from slimta.envelope import Envelope

link = "<https://papers.example.org/unsubscribe?token=" + "A" * 40 + ">"
message = (
    "From: papers@example.org\r\nTo: ada@example.org\r\nSubject: Today\r\n"
    f"X-Short: <https://papers.example.org/u>\r\nList-Unsubscribe: {link}\r\n\r\nHello\r\n"
).encode()
envelope = Envelope()
envelope.parse(message)
header = envelope.flatten()[0].decode()
print(f"python-slimta {version('python-slimta')}, Python {sys.version.split()[0]}")
print("given:  List-Unsubscribe:", link)
print("passed on:")
print(header)
short_stays = "X-Short: <https://papers.example.org/u>" in header
is_encoded = "List-Unsubscribe: =?utf-8?q?=3Chttps=3A" in header and link not in header
if not (short_stays and is_encoded):
    sys.exit("this has changed: the field comes out as it was given")
print("as found: the long field is encoded words, the short one stays")
PYTHON
