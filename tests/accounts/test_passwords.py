import subprocess
import sys

import pytest

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import gevent, threading
from examsvc.accounts import passwords
from examsvc.core import sockets
kept = passwords.hashed("right password")
passwords.verify_by(sockets._in_a_thread)
found = []
def check(word):
    found.append(passwords.matches(word, kept))
turns, checks = 0, [gevent.spawn(check, word) for word in ("right password", "wrong", "wrong", "wrong")]
while not all(one.dead for one in checks):
    gevent.sleep(0.001)
    turns += 1
print(sorted(found), turns)
"""


@pytest.mark.slow
def test_under_gevent_a_flood_of_passwords_holds_up_nobody_else() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    found, turns = done.stdout.rsplit(" ", 1)
    assert found == "[False, False, False, True]"
    assert int(turns) > 10
