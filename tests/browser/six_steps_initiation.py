"""材料提交 and 立项评估: a department recommends, the centre and its experts review, the national centre agrees."""

import batches
from cast import EXPERTS, Cast
from playwright.sync_api import Locator, Page, expect

from examsvc.registry.reviews.kinds import CheckItem

SCHEME = "智能体搭建"
BATCH = "2026 年第一季度推荐"
LOOKS, LOOK_MS = 40, 250


def file(name: str, more: str = "") -> dict[str, object]:
    """Return a document as the browser uploads it."""
    content = f"%PDF-1.4\n% {name} {more}\n%%EOF\n".encode()
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def decide(page: Page, choice: str) -> None:
    """Take the decision that the case's page offers now."""
    page.get_by_role("radio", name=choice, exact=True).check()
    page.get_by_role("button", name="提交", exact=True).click()


def expect_state(page: Page, word: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(word)


def await_state(page: Page, word: str) -> None:
    """Look at the case again until the worker has seen that its time has come."""
    for _ in range(LOOKS):
        expect(page.get_by_role("heading", level=1)).to_contain_text(SCHEME)
        if word in page.get_by_role("heading", level=1).inner_text():
            return
        page.wait_for_timeout(LOOK_MS)
        page.reload()
    expect_state(page, word)


def recommend(cast: Cast) -> str:
    """Draft before the window, submit inside it; return the address of the case."""
    cast.move_to(2026, 2, 13, 10)
    page = cast.open("clerk", "/office/recommendations")
    batches.open_batch(page, BATCH)
    batches.add_row(page, SCHEME)
    batches.write_proposal(page)
    batches.write_content(page)
    batches.upload_scan(page)
    expect(_submit(page)).to_be_disabled()
    cast.move_to(2026, 2, 28, 23)
    page = cast.open("clerk", "/office/recommendations")
    page.get_by_role("link", name=BATCH).click()
    _submit(page).click()
    page.get_by_role("dialog", name="提交推荐").get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("heading", name=BATCH)).to_contain_text("已提交")
    page.goto("/office/cases")
    page.get_by_role("link", name=SCHEME).click()
    expect_state(page, "待材料核验")
    _think_of_withdrawing(page)
    return page.url


def initiate(cast: Cast, case: str) -> None:
    check_materials(cast, case)
    review_initiation(cast, case)
    select(cast, case)
    publicise_scheme(cast, case)


def check_materials(cast: Cast, case: str) -> None:
    cast.move_to(2026, 3, 2, 9)
    page = cast.open("centre1", case)
    points = page.get_by_role("region", name="评估", exact=True).get_by_role("checkbox")
    expect(points).to_have_count(len(CheckItem))
    for point in points.all():
        point.check()
    decide(page, "核验通过")
    expect_state(page, "待专家论证")


def appoint(page: Page) -> None:
    """Put all three experts on the panel; the first one chairs."""
    for name in EXPERTS:
        page.get_by_role("button", name=f"选入 {name}").click()
    expect(page.get_by_text("已选 3 人，可以开始评估")).to_be_visible()
    page.get_by_role("button", name="开始评估").click()
    expect(page.get_by_text("作出结论前还需要")).to_be_visible()


def opine(cast: Cast) -> None:
    """Every expert finds the case on his desk and gives his opinion, blind to the others'."""
    for number, name in enumerate(EXPERTS, start=1):
        page = cast.open(f"expert{number}", "/office/expert")
        page.get_by_role("link", name=SCHEME).click()
        expect(page.get_by_text("提交意见前看不到其他专家的意见")).to_be_visible()
        page.get_by_role("radio", name="同意", exact=True).check()
        page.get_by_label("意见内容").fill(f"材料属实，条件具备（{name}）。")
        page.get_by_role("button", name="提交意见").click()
        expect(page.get_by_role("button", name="修改意见")).to_be_visible()


def review_initiation(cast: Cast, case: str) -> None:
    page = cast.open("centre1", case)
    appoint(page)
    opine(cast)
    page = cast.open("centre1", case)
    decide(page, "论证通过")
    expect_state(page, "专家论证完成")
    decide(page, "立项评估通过")
    expect_state(page, "待报送")
    page.get_by_role("button", name="生成并报送（1 个项目）").click()
    expect_state(page, "待复函")


def select(cast: Cast, case: str) -> None:
    """The national centre's reply is recorded with its letter; then the scheme is selected."""
    cast.move_to(2026, 3, 4, 15)
    page = cast.open("centre1", case)
    page.get_by_role("radio", name="同意", exact=True).check()
    page.get_by_label("复函时间").fill("2026-03-04 11:00")
    page.keyboard.press("Enter")
    page.get_by_label("复函原件").set_input_files([file("复函.pdf")])
    page.get_by_role("button", name="提交", exact=True).click()
    expect_state(page, "待遴选")
    decide(page, "遴选确定")
    expect_state(page, "已遴选")


def publicise_scheme(cast: Cast, case: str) -> None:
    """The notice names no length for this one (D04): without an explicit one nothing is posted."""
    page = cast.open("centre1", case)
    page.get_by_role("link", name="拟定公示").click()
    page.get_by_label("公示种类").select_option("考核项目公示")
    page.get_by_label("公示标题").fill("专项职业能力考核项目公示")
    page.get_by_label(SCHEME).check()
    page.get_by_role("button", name="发布公示（1 项）").click()
    expect(page.get_by_text("请填写 1 至 60 的整数")).to_be_visible()
    page.get_by_label("公示时长").fill("3")
    expect(page.get_by_text("公示 3 个工作日")).to_contain_text("2026年3月9日")
    page.get_by_role("button", name="发布公示（1 项）").click()
    expect(page.get_by_role("heading", name="公示", level=1, exact=True)).to_be_visible()
    cast.move_to(2026, 3, 10, 9)
    await_state(cast.open("clerk", case), "待机构申报")


def _think_of_withdrawing(page: Page) -> None:
    """A withdrawal is asked about and wants its reason; nothing happens before."""
    page.get_by_role("button", name="撤回推荐").click()
    dialog = page.get_by_role("dialog", name="撤回推荐")
    dialog.get_by_role("button", name="撤回推荐").click()
    expect(dialog).to_contain_text("此项必填")
    dialog.get_by_role("button", name="关闭").click()
    expect_state(page, "待材料核验")


def _submit(page: Page) -> Locator:
    return page.get_by_role("complementary", name="提交推荐").get_by_role("button", name="提交", exact=True)
