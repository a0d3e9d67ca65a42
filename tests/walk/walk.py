"""Walks all roles through a running service with the demo in it: `make walk`.

Ends with a certificate whose query says 有效 and which `examsvc verify` agrees with; exits 1 otherwise.
Pictures of every step go to build/walk/, with accessibility.json beside them.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import candidate as candidates
import examiner
import office
import proctor
import public
import staff
from candidate import Candidate
from playwright.sync_api import Browser, sync_playwright
from scenes import TABLET, Walk

from examsvc.demo import content_files

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]


def walk_all(url: str, folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """Walk every role; return the certificate's number and the scenes with grave violations."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        walk = Walk(browser, url, folder)
        number = _walk(walk)
        browser.close()
    return number, walk.grave()


def _walk(walk: Walk) -> str:
    with walk.person("/") as page:
        walk.scene(page, "public-home")
        page.goto("/registry")
        walk.scene(page, "public-registry")
    who = _next_candidate(walk.browser, walk.url)
    _sit(walk, who)
    for number in (1, 2, 3):
        with walk.person("/examiner/", viewport=TABLET) as page:
            staff.log_in(walk, page, f"examiner{number}", scene="examiner-login" if number == 1 else None)
            examiner.examine(walk, page, who, photograph=number == 1)
    return _decide_and_ask(walk, who)


def _sit(walk: Walk, who: Candidate) -> None:
    with walk.person("/candidate/") as page, walk.person("/wall/") as wall:
        candidates.check_in(walk, page, who)
        candidates.answer_all(walk, page)
        staff.log_in(walk, wall, "proctor1", scene="wall-login")
        proctor.watch(walk, wall, who)
        proctor.order(walk, wall, page)
        proctor.note_incident(walk, wall)
        candidates.hand_in(walk, page)


def _decide_and_ask(walk: Walk, who: Candidate) -> str:
    with walk.person("/office/") as page:
        staff.log_in(walk, page, "decider", scene="office-login")
        office.decide(walk, page, who)
    with walk.person("/office/") as page:
        staff.log_in(walk, page, "office")
        office.see_session(walk, page)
        number = office.certificate_number(walk, page, who)
    with walk.person("/office/") as page:
        staff.log_in(walk, page, "author")
        office.look_around(walk, page, ("/office/banks", "author-banks"))
        page.get_by_role("link", name="题库").last.click()
        page.wait_for_load_state("networkidle")
        walk.scene(page, "author-items")
    with walk.person("/office/") as page:
        staff.log_in(walk, page, "supervisor")
        office.look_around(walk, page, ("/office/supervision", "supervisor-overview"))
    with walk.person("/candidate/") as page:
        candidates.see_certificate(walk, page, who, number)
    with walk.person("/") as page:
        public.ask(walk, page, who, number)
    return number


def _next_candidate(browser: Browser, url: str) -> Candidate:
    """Return the first of the open session's candidates who has not come yet."""
    context = browser.new_context(base_url=url)
    login = context.request.post("/api/login", data={"username": "office", "password": staff.PASSWORD})
    assert login.ok, "the demo is not in this service: run `make run`"
    sessions = context.request.get("/api/exam-sessions").json()["items"]
    demo = next(each for each in sessions if each["code"] == "DEMO-1")
    enrolments = context.request.get(f"/api/exam-sessions/{demo['id']}/enrolments").json()["items"]
    context.close()
    waiting = [each for each in enrolments if each["state"] == "EXPECTED"]
    assert waiting, "every demo candidate has sat the paper: run `make reset` and `make run`"
    numbers = {person["name"]: person["identity_number"] for person in content_files.load("people.toml")["candidates"]}
    first = min(waiting, key=lambda each: each["seat_label"])
    return Candidate(first["name"], numbers[first["name"]], first["ticket_number"], first["seat_label"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--pictures", type=Path, default=Path("build/walk"))
    chosen = parser.parse_args()
    number, grave = walk_all(chosen.url, chosen.pictures)
    print(f"certificate {number}: the public query says 有效", flush=True)
    verified = subprocess.run([sys.executable, "-m", "examsvc.cli", "verify", number], check=False)
    if grave:
        print(f"{len(grave)} scenes with serious or critical violations: see {chosen.pictures}/accessibility.json")
    sys.exit(verified.returncode or bool(grave))


if __name__ == "__main__":
    main()
