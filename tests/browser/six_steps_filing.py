"""公示备案 and 汇总发布: five working days, an objection answered, three years, and what the expiry ends."""

from cast import Cast
from playwright.sync_api import Locator, Page, expect
from six_steps_applying import ORGANISATION
from six_steps_initiation import SCHEME, await_state, expect_state

TITLE = "专项职业能力考核机构公示"


def publicise_and_file(cast: Cast, case: str) -> None:
    publicise_organisation(cast, case)
    object_to_it(cast)
    file_case(cast, case)


def publicise_organisation(cast: Cast, case: str) -> None:
    """Five working days over the Dragon Boat Festival (D11)."""
    cast.move_to(2026, 6, 17, 10)
    page = cast.open("centre1", case)
    page.get_by_role("link", name="拟定公示").click()
    page.get_by_label("公示标题").fill(TITLE)
    page.get_by_label(SCHEME).check()
    expect(page.get_by_text("公示 5 个工作日")).to_contain_text("2026年6月25日 24:00 止")
    page.get_by_role("button", name="发布公示（1 项）").click()
    expect(page.get_by_role("heading", name="公示", level=1, exact=True)).to_be_visible()


def object_to_it(cast: Cast) -> None:
    """Somebody from the public objects, and the answer comes from who did not conclude the reviews."""
    public = cast.open("public", "/notices")
    public.get_by_role("link", name=TITLE).click()
    public.get_by_label("反映的对象").select_option("市职鉴中心或其工作人员")
    public.get_by_label("异议内容与理由").fill("请说明评估的依据。")
    public.get_by_label("姓名").fill("王先生")
    public.get_by_label("联系方式").fill("021-55551111")
    public.get_by_role("button", name="提交异议").click()
    expect(public.get_by_role("heading", name="异议已收到")).to_be_visible()
    reference, secret = (public.locator(".facts dd").nth(number).inner_text() for number in (0, 1))
    page = cast.open("centre1", "/office/objections")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("须由他人处理")).to_be_visible()
    page = cast.open("centre2", "/office/objections")
    page.get_by_role("link", name=reference).click()
    page.get_by_role("radio", name="异议不成立").check()
    page.get_by_label("书面答复").fill("评估按文件要求进行，材料齐全。")
    page.get_by_role("button", name="答复", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("不成立")
    public = cast.open("public", "/objections")
    public.get_by_label("受理编号").fill(reference)
    public.get_by_label("查询码").fill(secret)
    public.get_by_role("button", name="查询").click()
    expect(public.get_by_text("评估按文件要求进行")).to_be_visible()


def file_case(cast: Cast, case: str) -> None:
    cast.move_to(2026, 6, 26, 9)
    page = cast.open("centre1", case)
    await_state(page, "公示期满")
    page.get_by_role("button", name="办理备案").click()
    page.get_by_role("dialog", name="办理备案").get_by_role("button", name="确认").click()
    expect_state(page, "已备案")
    expect(page.get_by_text("2026年6月26日 – 2029年6月25日")).to_be_visible()
    row = _public_row(cast)
    expect(row).to_contain_text("2026-06-26 至 2029-06-25")
    expect(row).to_contain_text("有效")


def hold_exams_until_it_expires(cast: Cast) -> None:
    """A new exam session is refused from the day after the last one on (F01), whenever it is planned."""
    cast.move_to(2029, 6, 20, 9)
    page = cast.open(ORGANISATION, "/office/sessions/new")
    _plan(page, "2029-06-26 09:00")
    expect(page.get_by_role("alert")).to_contain_text("2029-06-26")
    page.get_by_label("开始时间").fill("2029-06-25 09:00")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="创建场次").click()
    expect(page.get_by_role("heading", name="智能体搭建考核")).to_contain_text("草稿")
    cast.move_to(2029, 6, 26, 9)
    expect(_public_row(cast)).to_contain_text("已到期")
    page = cast.open(ORGANISATION, "/office/sessions/new")
    _plan(page, "2029-06-27 09:00")
    expect(page.get_by_role("alert")).to_contain_text("2029-06-27")


def _public_row(cast: Cast) -> Locator:
    page = cast.open("public", "/registry")
    return page.get_by_role("row").filter(has_text=SCHEME)


def _plan(page: Page, starts_at: str) -> None:
    page.get_by_role("combobox", name="备案项目").press("Enter")
    page.get_by_role("option", name=SCHEME).click()
    page.get_by_label("场次名称").fill("智能体搭建考核")
    page.get_by_label("场次编号").fill("SIX-1")
    page.get_by_label("考核地点").fill("机考一室")
    page.get_by_label("开始时间").fill(starts_at)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="创建场次").click()
