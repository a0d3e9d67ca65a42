"""机构申报: the organisation gets its account, fills in its four conditions, signs, and submits in its window."""

from cast import DISTRICT, Cast
from playwright.sync_api import Page, expect
from six_steps_initiation import expect_state, file

ORGANISATION = "applicant"
STAFF = {
    "EXPERT": ("顾明远", "高级工程师"),
    "EXAMINER": ("王小明", "考评员"),
    "QUALITY_SUPERVISOR": ("郑一凡", "内部质量督导员"),
}


def apply(cast: Cast, case: str) -> None:
    open_account(cast, case)
    begin(cast, case)
    recommend_centre(cast)
    submit_application(cast, case)
    record_receipt(cast, case)


def open_account(cast: Cast, case: str) -> None:
    """The centre opens the organisation's account; the password is shown this once and handed over."""
    page = cast.open("centre1", case)
    page.get_by_role("button", name="开通机构账号").click()
    page.get_by_label("所在区").fill(DISTRICT)
    page.get_by_label("地址").fill("示例路 1 号")
    page.get_by_label("用户名").fill(ORGANISATION)
    page.get_by_label("经办人").fill("机构经办人小林")
    page.get_by_role("button", name="开通机构账号").last.click()
    expect(page.get_by_text(f"账号 {ORGANISATION} 已开通")).to_be_visible()
    cast.passwords[ORGANISATION] = page.locator(".password").inner_text()


def begin(cast: Cast, case: str) -> None:
    page = cast.open(ORGANISATION, case)
    page.get_by_role("button", name="开始申报").click()
    expect_state(page, "机构填写申报材料")
    page.get_by_role("link", name="填写申报材料").click()
    expect(page.get_by_text("当前不在申报窗口")).to_be_visible()
    _fill_unit(page)
    _hire(cast, page, case)
    _fill_funding(page)
    _build(page)


def recommend_centre(cast: Cast) -> None:
    """The district recommends the site (C10)."""
    page = cast.open("district", "/office/district/centres")
    page.get_by_role("button", name="查看并办理").click()
    page.get_by_label("推荐日期").fill("2026-03-10")
    page.get_by_label("推荐函").set_input_files([file("区局推荐函.pdf")])
    page.get_by_role("button", name="推荐", exact=True).click()
    expect(page.get_by_text("没有这一状态的考核点")).to_be_visible()


def submit_application(cast: Cast, case: str) -> None:
    page = cast.open(ORGANISATION, f"{case}/application?section=quality")
    page.get_by_label("质量管控措施").fill("每场次安排内部质量督导人员。")
    prove(page, "质量管控方案")
    page.get_by_role("button", name="下一步：承诺与签署").click()
    page.get_by_label("我单位作出上述公益承诺").check()
    page.get_by_label("我单位遵守相关要求").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("材料齐全", exact=True)).to_be_visible()
    page.get_by_label("签署人姓名").fill("沈一鸣")
    page.get_by_role("button", name="签署承诺").click()
    expect(page.get_by_text("材料未再变化")).to_contain_text("沈一鸣")
    expect(page.get_by_text("申报窗口开放后方可提交")).to_be_visible()
    cast.move_to(2026, 3, 30, 23)
    page = cast.open(ORGANISATION, f"{case}/application?section=declaration")
    page.get_by_role("button", name="提交申报").click()
    page.get_by_role("dialog", name="提交申报").get_by_role("button", name="提交申报").click()
    expect(page.get_by_text("已于 2026年3月30日")).to_be_visible()


def record_receipt(cast: Cast, case: str) -> None:
    """What was signed goes to the city's self-service system by hand; its receipt comes back (D05)."""
    page = cast.open(ORGANISATION, f"{case}/application?section=export")
    page.get_by_role("button", name="导出材料包").click()
    expect(page.get_by_role("link", name="下载材料包")).to_be_visible()
    page.get_by_label("回执编号").fill("ZZ-2026-0330")
    page.get_by_label("受理日期").fill("2026-03-30")
    page.get_by_label("回执文件").set_input_files([file("回执.pdf")])
    page.get_by_role("button", name="登记回执").click()
    expect(page.get_by_text("回执编号 ZZ-2026-0330")).to_be_visible()


def prove(page: Page, *topics: str) -> None:
    for topic in topics:
        page.get_by_label(topic, exact=True).set_input_files([file(f"{topic}.pdf")])
        expect(page.get_by_role("link", name=f"{topic}.pdf")).to_be_visible()


def _fill_unit(page: Page) -> None:
    page.get_by_label("单位性质").select_option("企业")
    for statement in ("在本市行政区域内依法登记", "规范的财务制度", "规范的管理制度", "社会信用良好"):
        page.get_by_role("checkbox", name=statement).check()
    page.get_by_label("信用查询日期").fill("2026-03-05")
    page.get_by_label("专门机构名称").fill("技能评价中心")
    page.get_by_label("负责人").fill("沈一鸣")
    prove(page, "法人登记证书", "财务制度", "管理制度", "信用查询结果")
    page.get_by_role("button", name="下一步：人员名册").click()


def _hire(cast: Cast, page: Page, case: str) -> None:
    """One line of the rosters by hand, the others of the same kind by the API."""
    page.get_by_role("button", name="添加人员 专职工作人员").click()
    dialog = page.get_by_role("dialog", name="添加人员")
    dialog.get_by_label("姓名").fill("林静")
    dialog.get_by_label("资格或职务").fill("考务主管")
    dialog.get_by_label("有效期自").fill("2026-01-01")
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_role("rowheader", name="林静")).to_be_visible()
    path = f"/api/cases/{case.rsplit('/', 1)[-1]}/application"
    for kind, (name, qualification) in STAFF.items():
        version = cast.call(ORGANISATION, "GET", path)["version"]
        line = {"kind": kind, "name": name, "qualification": qualification, "certificate_number": "K-1"}
        dates = {"valid_from_on": "2025-01-01", "valid_to_on": "2029-12-31"}
        cast.call(ORGANISATION, "POST", f"{path}/staff", **line, **dates, version=version)
    page.reload()
    expect(page.get_by_role("rowheader")).to_have_count(1 + len(STAFF))
    page.get_by_role("button", name="下一步：经费").click()


def _fill_funding(page: Page) -> None:
    page.get_by_label("经费保障说明").fill("每年安排专项经费。")
    prove(page, "经费证明")
    page.get_by_role("button", name="下一步：考核点与考场").click()


def _build(page: Page) -> None:
    """A site in the district with a room under video (C09)."""
    page.get_by_role("button", name="添加考核点", exact=True).click()
    dialog = page.get_by_role("dialog", name="添加考核点")
    dialog.get_by_label("考核点名称").fill("张江考核点")
    dialog.get_by_label("地址").fill("示例路 1 号")
    dialog.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="添加考场", exact=True).click()
    dialog = page.get_by_role("dialog", name="添加考场")
    dialog.get_by_label("考场").fill("机考一室")
    dialog.get_by_label("配备视频监控设备").check()
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_role("rowheader", name="机考一室")).to_be_visible()
