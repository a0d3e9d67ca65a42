"""An author's hands in the item editor: one item of each type, as its fields are filled in."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Locator, Page, expect

from questionbank.kinds import ItemType

T = ItemType
TYPE_NAMES = {
    T.SINGLE_CHOICE: "单项选择题",
    T.MULTIPLE_CHOICE: "多项选择题",
    T.TRUE_FALSE: "判断题",
    T.FILL_IN: "填空题",
    T.NUMERIC: "计算题",
    T.INLINE_CHOICE: "选词填空题",
    T.ORDERING: "排序题",
    T.MATCHING: "匹配题",
    T.HOTSPOT: "识图题",
    T.SHORT_ANSWER: "简答题",
    T.EXTENDED_ANSWER: "论述题",
    T.COMPOSITE: "案例题",
}
STEMS = {
    T.SINGLE_CHOICE: r"界面如图，\(\frac{1}{2}\) 的样本应先交给谁复核？",
    T.MULTIPLE_CHOICE: "提示词中应当写明哪些内容？",
    T.TRUE_FALSE: "大模型的回答不需要人工核对。",
    T.FILL_IN: "在提示词中给出几个示例，称为____提示。",
    T.NUMERIC: "每千字符 0.02 元，处理 5 万字符共需多少元？",
    T.INLINE_CHOICE: "先____资料，再____答案。",
    T.ORDERING: "请按先后排列撰写提示词的步骤。",
    T.MATCHING: "请为各个参数选出它的作用。",
    T.HOTSPOT: "请在图上标出「发送」按钮。",
    T.SHORT_ANSWER: "简述什么是检索增强生成。",
    T.EXTENDED_ANSWER: "论述智能体上线前应当怎样评测。",
    T.COMPOSITE: "某银行拟用大模型答复来信，请回答下列问题。",
}
KEYS_TOLD = {
    T.SINGLE_CHOICE: "B. 复核员",
    T.MULTIPLE_CHOICE: "A. 任务",
    T.TRUE_FALSE: "错误",
    T.FILL_IN: "少样本",
    T.NUMERIC: "1",
    T.INLINE_CHOICE: "检索",
    T.ORDERING: "明确任务",
    T.MATCHING: "随机程度",
    T.HOTSPOT: "图片中的 1 个正确区域",
    T.SHORT_ANSWER: "先检索再生成",
    T.EXTENDED_ANSWER: "功能、安全、成本",
    T.COMPOSITE: "第 2 小题",
}
BUTTON = (300, 230, 390, 280)
"""The button in the picture: left, top, right, bottom, in its pixels."""


def screen_picture() -> FilePayload:
    """Return a picture of 400 by 300 pixels with a button in it, as the browser uploads it."""
    picture, file = Image.new("RGB", (400, 300), "#f4f6fb"), io.BytesIO()
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((0, 0, 400, 40), fill="#2b5aa0")
    drawing.rectangle((20, 60, 380, 210), fill="white", outline="#8a94a6")
    drawing.rectangle(BUTTON, fill="#2b5aa0")
    picture.save(file, "PNG")
    return {"name": "界面.png", "mimeType": "image/png", "buffer": file.getvalue()}


def write(page: Page, kind: ItemType, point: str) -> None:
    """Fill in the form of a new item with its type, its knowledge point, its stem and what the type has of its own."""
    expect(page.get_by_role("heading", name="新建试题")).to_be_visible()
    page.get_by_label("编号", exact=True).fill(f"W-{kind}")
    _choose(page, "题型", TYPE_NAMES[kind])
    _choose(page, "知识点", point)
    page.get_by_label("共用题干（案例材料）" if kind is T.COMPOSITE else "题干", exact=True).fill(STEMS[kind])
    _BODIES[kind](page)


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).press("Enter")
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_role("listbox")).to_have_count(0)


def _options(scope: Page | Locator, *texts: str) -> None:
    for letter, text in zip("ABCD", texts, strict=False):
        scope.get_by_label(f"选项 {letter}", exact=True).fill(text)


def _single_choice(page: Page) -> None:
    page.get_by_label("上传文件").set_input_files(screen_picture())
    medium = page.get_by_role("group", name="第 1 个文件")
    medium.get_by_label("替代文字").fill("对话界面，右下角有一个按钮")
    _options(page, "操作员", "复核员", "客户", "供应商")
    page.get_by_label("选项 C 的图片").select_option(label="图片 1")
    page.get_by_role("radio", name="正确选项").nth(1).check()


def _multiple_choice(page: Page) -> None:
    _options(page, "任务", "要求", "天气", "以上都是")
    for place in (0, 1):
        page.get_by_role("checkbox", name="正确选项").nth(place).check()
    page.get_by_role("checkbox", name="固定位置").nth(3).check()


def _true_false(page: Page) -> None:
    page.get_by_role("group", name="答案").get_by_role("radio", name="错误").check()


def _fill_in(page: Page) -> None:
    page.get_by_label("第 1 空的可接受答案").fill("少样本\nfew-shot")


def _numeric(page: Page) -> None:
    page.get_by_label("正确数值").fill("1")
    page.get_by_label("允许误差").fill("0.01")
    page.get_by_label("单位").fill("元")


def _inline_choice(page: Page) -> None:
    for number, texts in enumerate((("检索", "删除", "改写"), ("生成", "抄写", "丢弃")), start=1):
        gap = page.get_by_role("group", name=f"第 {number} 空的选项")
        _options(gap, *texts)
        gap.get_by_role("radio", name="正确选项").first.check()


def _ordering(page: Page) -> None:
    for number, text in enumerate(("明确任务", "撰写提示词", "核对输出"), start=1):
        _line(page, f"第 {number} 行", "添加一行").fill(text)


def _matching(page: Page) -> None:
    pairs = (("温度", "随机程度"), ("上下文长度", "可读多少字"), ("停止词", "何处结束"))
    for number, (left, right) in enumerate(pairs, start=1):
        _line(page, f"第 {number} 对左项", "添加一对").fill(left)
        page.get_by_label(f"第 {number} 对右项", exact=True).fill(right)
    _line(page, "多余项 1", "添加多余项").fill("价格")


def _line(page: Page, label: str, more: str) -> Locator:
    """Return the field of a line; the button adds it if it is not there yet."""
    line = page.get_by_label(label, exact=True)
    if line.count() == 0:
        page.get_by_role("button", name=more).click()
    return line


def _hotspot(page: Page) -> None:
    page.get_by_label("上传图片").set_input_files(screen_picture())
    page.get_by_label("替代文字").fill("对话界面")
    canvas = page.get_by_role("form").or_(page.locator("form")).get_by_role("img", name="对话界面")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    scale = min(box["width"] / 400, box["height"] / 300)
    left, top = box["x"] + (box["width"] - 400 * scale) / 2, box["y"] + (box["height"] - 300 * scale) / 2
    page.mouse.move(left + BUTTON[0] * scale, top + BUTTON[1] * scale)
    page.mouse.down()
    page.mouse.move(left + BUTTON[2] * scale, top + BUTTON[3] * scale, steps=4)
    page.mouse.up()
    expect(page.get_by_role("group", name="1. 矩形")).to_be_visible()


def _short_answer(page: Page) -> None:
    page.get_by_label("参考答案").fill("先检索再生成。")
    page.get_by_label("得分点").fill("检索\n生成")


def _extended_answer(page: Page) -> None:
    page.get_by_label("参考答案").fill("功能、安全、成本三方面。")
    page.get_by_label("要求字数").fill("600")


def _composite(page: Page) -> None:
    first = page.get_by_role("region", name="第 1 小题")
    if first.count() == 0:
        page.get_by_role("button", name="添加小题").click()
    first.get_by_label("题干", exact=True).fill("上线前应由谁批准？")
    _options(first, "客户", "负责人", "实习生", "无须批准")
    first.get_by_role("radio", name="正确选项").nth(1).check()
    second = page.get_by_role("region", name="第 2 小题")
    if second.count() == 0:
        page.get_by_role("button", name="添加小题").click()
    second.get_by_label("题型").select_option(label="填空题")
    second.get_by_label("题干", exact=True).fill("答复须经____复核。")
    second.get_by_label("第 1 空的可接受答案").fill("人工")


_BODIES: dict[ItemType, Callable[[Page], None]] = {
    T.SINGLE_CHOICE: _single_choice,
    T.MULTIPLE_CHOICE: _multiple_choice,
    T.TRUE_FALSE: _true_false,
    T.FILL_IN: _fill_in,
    T.NUMERIC: _numeric,
    T.INLINE_CHOICE: _inline_choice,
    T.ORDERING: _ordering,
    T.MATCHING: _matching,
    T.HOTSPOT: _hotspot,
    T.SHORT_ANSWER: _short_answer,
    T.EXTENDED_ANSWER: _extended_answer,
    T.COMPOSITE: _composite,
}
