"""A department writes a batch by hand."""

from playwright.sync_api import Page, expect

PDF = {"name": "盖章扫描件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
SECTIONS = 11


def open_batch(page: Page, title: str) -> None:
    expect(page.get_by_text("推荐窗口")).to_be_visible()
    page.get_by_role("button", name="新建汇总表").click()
    page.get_by_label("汇总表名称").fill(title)
    page.get_by_label("联系人").fill("周敏")
    page.get_by_label("联系电话").fill("021-55550000")
    page.get_by_role("button", name="开始编写").click()
    expect(page.get_by_role("heading", name=title)).to_contain_text("草稿")


def add_row(page: Page, name: str) -> None:
    page.get_by_role("link", name="添加项目").click()
    field = page.get_by_role("combobox", name="所属领域及代码")
    field.press_sequentially("软件和信息")
    expect(page.get_by_role("option", name="4-04-05")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("软件和信息技术服务人员 4-04-05")
    page.get_by_label("项目名称").fill(name)
    page.get_by_text("人工智能", exact=True).click()
    page.get_by_label("单位全称").fill("上海案例技术有限公司")
    page.get_by_label("统一社会信用代码").fill("91310000MA1FL0AB1X")
    expect(page.get_by_text("校验通过")).to_be_visible()
    page.get_by_label("预计考核人次").fill("1000")
    page.get_by_role("button", name="行业规划").click()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def write_proposal(page: Page) -> None:
    page.get_by_role("link", name="建议书（附件2）").click()
    expect(page.get_by_text(f"已填写 0 / {SECTIONS} 项")).to_be_visible()
    for label in page.locator("textarea").all():
        label.fill("这里写明本部分的情况。")
    page.get_by_role("heading", name="建议书（附件2）").click()
    expect(page.get_by_text(f"已填写 {SECTIONS} / {SECTIONS} 项")).to_be_visible()
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    page.get_by_role("link", name="返回汇总表").click()


def write_content(page: Page) -> None:
    page.get_by_role("link", name="主要考核内容（附件3）").click()
    page.get_by_label("定义", exact=True).fill("运用大模型工具，在智能体平台创建和开发智能体的能力。")
    page.get_by_label("工作任务（一）", exact=True).fill("提示词撰写")
    page.get_by_label("操作规范第 1 条", exact=True).fill("撰写提示词")
    expect(page.get_by_text("宜以“能”开头")).to_be_visible()
    page.get_by_label("操作规范第 1 条", exact=True).fill("能撰写提示词")
    page.get_by_label("相关知识第 1 条", exact=True).fill("提示词设计的方法")
    page.get_by_label("考核比重（%）").fill("99")
    expect(page.get_by_text("还差 1%")).to_be_visible()
    page.get_by_label("考核比重（%）").fill("100")
    page.get_by_role("heading", name="主要考核内容（附件3）").click()
    expect(page.get_by_text("考核比重合计 100%")).to_be_visible()
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    page.get_by_role("link", name="返回汇总表").click()


def upload_scan(page: Page) -> None:
    expect(page.get_by_text("尚未上传")).to_be_visible()
    page.get_by_label("上传盖章扫描件").set_input_files([PDF])
    expect(page.get_by_text("盖章扫描件.pdf")).to_be_visible()
    expect(page.get_by_text("材料齐全")).to_be_visible()
