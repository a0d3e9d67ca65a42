"""Sealed papers in a real browser: fetched while waiting, opened by a key alone, by nobody before."""

from typing import Any

import pytest
from browsers import PageFor
from candidates import check_in, expect_paper, expect_saved, go_to, log_in, options
from exams import Seed, Ticket
from playwright.sync_api import Page, Request, expect

READY = "[data-sealed=ready]"
VAULT = """async () => {
  const opening = indexedDB.open("examsvc-sealed");
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const asked = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const papers = () => database.transaction("papers", "readwrite").objectStore("papers");
"""
EARLY = (
    VAULT
    + """
  const [paper] = await asked(papers().getAll());
  const text = new TextDecoder("latin1").decode(paper.body);
  const headers = { "X-CSRF-Token": localStorage.getItem("examsvc.csrf") };
  const asking = (way) => fetch(`/api/sittings/${paper.sitting_id}${way}`, { headers });
  const seen = [paper.seal, paper.paper_digest, ...Object.values(localStorage), ...Object.values(sessionStorage)];
  for (const way of ["", "/preload", "/paper-key", "/paper"])
    seen.push(await (await asking(way)).text());
  const words = [...new Set(seen.flatMap((one) => one.match(/[A-Za-z0-9_-]{16,}/g) ?? []))];
  const boundTo = `{"paper_digest":"${paper.paper_digest}","sitting_id":"${paper.sitting_id}","v":1}`;
  const how = { name: "AES-GCM", iv: paper.body.slice(0, 12), additionalData: new TextEncoder().encode(boundTo) };
  let opened = 0;
  for (const word of words) {
    const raw = [
      await crypto.subtle.digest("SHA-256", new TextEncoder().encode(word)),
      new TextEncoder().encode(word.slice(0, 32).padEnd(32)),
      Uint8Array.from({ length: 32 }, (_, at) => parseInt(word.slice(2 * at, 2 * at + 2), 16) || 0),
    ];
    for (const each of raw) {
      const key = await crypto.subtle.importKey("raw", each, "AES-GCM", false, ["decrypt"]);
      opened += await crypto.subtle.decrypt(how, key, paper.body.slice(12)).then(() => 1, () => 0);
    }
  }
  const refused = await (await asking("/paper-key")).json();
  return { opened, tried: words.length, code: refused.code, isReadable: text.includes("questions") };
}"""
)
TAMPER = (
    VAULT
    + """
  const [paper] = await asked(papers().getAll());
  new Uint8Array(paper.body)[50] ^= 1;
  await asked(papers().put(paper));
}"""
)
KEPT = VAULT + "  return (await asked(papers().getAll())).length;\n}"


def wait_for(page_for: PageFor, seed: Seed, *, starts_in: float, **options: Any) -> tuple[Page, Ticket]:
    """A candidate in the waiting room with the sealed paper at hand."""
    ticket = seed.ticket(starts_in=starts_in)
    page = page_for(ticket, **options)
    check_in(page, ticket)
    expect(page.locator(READY)).to_have_text("试卷已下载（密封），开考时自动打开。", timeout=40_000)
    return page, ticket


def test_the_paper_opens_at_the_start_without_any_request_and_nothing_answered_offline_is_lost(
    page_for: PageFor, seed: Seed
) -> None:
    page, ticket = wait_for(page_for, seed, starts_in=25)
    asked: list[str] = []
    page.route("**/api/**", lambda route: route.abort("internetdisconnected"))  # only the line of the socket stays
    page.on("request", lambda request: asked.append(_way(request)))
    expect_paper_in_time(page)
    page.context.set_offline(True)
    assert not [way for way in asked if way.endswith(("/paper", "/paper-key"))]  # a claim may have failed already
    page.keyboard.press("b")
    go_to(page, 7)
    page.get_by_label("第 1 空").fill("断网时写的字")
    expect(page.get_by_text("未保存 2 题")).to_be_visible()
    assert (seed.sitting(ticket).epoch, seed.stored(ticket)) == (0, {})
    page.unroute("**/api/**")
    page.context.set_offline(False)
    expect_saved(page)
    assert {"blanks": ["断网时写的字"]} in seed.stored(ticket).values()
    sitting = seed.sitting(ticket)
    assert (sitting.epoch, sitting.opened_at) == (1, sitting.key_released_at)


def expect_paper_in_time(page: Page) -> None:
    """The waiting is part of it."""
    expect(page.get_by_role("navigation", name="答题卡")).to_be_visible(timeout=40_000)


def _way(request: Request) -> str:
    return request.url.partition("?")[0]


def test_no_client_opens_the_paper_early(page_for: PageFor, seed: Seed) -> None:
    page, ticket = wait_for(page_for, seed, starts_in=600)
    found = page.evaluate(EARLY)
    assert found["tried"] > 5
    assert (found["opened"], found["isReadable"], found["code"]) == (0, False, "not_started")
    page.reload()
    expect(page.locator(READY)).to_be_visible()
    assert seed.sitting(ticket).key_released_at is None


def test_a_paper_that_was_tampered_with_in_the_browser_is_fetched_anew(page_for: PageFor, seed: Seed) -> None:
    page, _ = wait_for(page_for, seed, starts_in=25)
    page.evaluate(TAMPER)
    expect_paper_in_time(page)
    expect(options(page).first).to_be_visible()


def test_without_a_line_the_page_asks_for_the_key_and_claims_in_its_turn(page_for: PageFor, seed: Seed) -> None:
    ticket = seed.ticket(starts_in=30)
    page = page_for(ticket)
    page.route("**/socket.io/**", lambda route: route.abort())
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.reload()
    check_in(page, ticket)
    expect(page.locator(READY)).to_be_visible(timeout=40_000)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 (playwright marks the function)
    expect_paper_in_time(page)
    page.keyboard.press("b")
    expect_saved(page)
    tails = [_way(request).rpartition("/")[2] for request in asked]
    assert "paper-key" in tails
    assert "paper" not in tails
    assert tails.index("paper-key") < tails.index("claim")
    assert asked[tails.index("claim")].headers.get("x-can-wait") == "1"
    sitting = seed.sitting(ticket)
    assert (sitting.epoch, sitting.opened_at) == (1, sitting.key_released_at)


@pytest.mark.parametrize("without", ["crypto.subtle", "indexedDB"])
def test_a_browser_that_cannot_keep_or_open_seals_enters_all_the_same(
    page_for: PageFor, seed: Seed, without: str
) -> None:
    """Over plain HTTP in a local network there is no WebCrypto."""
    ticket = seed.ticket(starts_in=20)
    page = page_for(None)
    owner, _, name = without.rpartition(".")
    page.add_init_script(f"Object.defineProperty({owner or 'window'}, '{name}', {{ value: undefined }})")
    log_in(page.context, ticket)
    page.goto("/candidate/")
    check_in(page, ticket)
    expect(page.locator("[data-sealed=off]" if owner else READY)).to_be_visible()
    expect_paper_in_time(page)
    page.keyboard.press("a")
    expect_saved(page)


def test_nothing_of_the_paper_stays_in_the_browser_after_the_hand_in(page_for: PageFor, seed: Seed) -> None:
    page, _ = wait_for(page_for, seed, starts_in=25)
    assert page.evaluate(KEPT) == 1
    expect_paper_in_time(page)
    page.get_by_role("button", name="交卷").first.click()
    page.get_by_role("dialog").get_by_role("button", name="确认交卷").click()
    expect(page.get_by_role("heading", name="已交卷", exact=False)).to_be_visible()
    assert page.evaluate(KEPT) == 0


def test_a_reload_right_after_the_start_goes_on_from_what_lies_in_the_browser(page_for: PageFor, seed: Seed) -> None:
    page, _ = wait_for(page_for, seed, starts_in=25)
    expect_paper_in_time(page)
    page.keyboard.press("c")
    page.on("dialog", lambda dialog: dialog.accept())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(_way(request)))
    page.reload()
    expect_paper(page)
    expect(options(page).nth(2)).to_be_checked()
    expect_saved(page)
    assert not [way for way in asked if way.endswith("/paper")]
