"""The fixed words of the annexes, verbatim from 沪人社职〔2025〕140号, and the typefaces that it prescribes. Pure."""

from dataclasses import dataclass

# D02: the notice's body names the annexes in other words than the annexes themselves; their own titles are printed.
ANNEX_1_TITLE = "专项职业能力考核项目及考核机构推荐汇总表"
ANNEX_2_TITLE = "专项职业能力考核项目及考核机构建议书"
ANNEX_3_TITLE = "主要考核内容"

# 附件3: 标题第一、二行采用小二号黑体、居中; 正文采用小四号宋体、标题加粗; 表中的数字和文字采用五号宋体.
HEITI, SONGTI = "黑体", "宋体"  # SimHei and SimSun, by the names that Word and WPS store
XIAO_ER, XIAO_SI, WU_HAO = 18.0, 12.0, 10.5  # 小二, 小四, 五号 in points

# 附件1
ANNEX_1_LABEL = "附件 1"
DEPARTMENT, CONTACT_NAME, CONTACT_PHONE = "推荐单位（加盖公章）", "联系人", "联系电话"
NUMBER, OCCUPATION, SCHEME, INDUSTRIES = "序号", "所属领域及代码", "项目名称", "产业类别"
ORGANISATION = "拟承担评价任务的考核机构\n（统一社会信用代码）"
CANDIDATES, REASON = "预计考核\n人次", "推荐理由"
ANNEX_1_HEADINGS = (NUMBER, OCCUPATION, SCHEME, INDUSTRIES, ORGANISATION, CANDIDATES, REASON)
SAMPLE = "样例"
SAMPLE_ROW = (
    *(SAMPLE, "软件和信息技术服务人员\n4-04-05", "人工智能模型运用", "人工智能"),
    *("上海×××有限公司\n(111111111111111111)", "1000 人", "行业规划"),
)
OPINION = "推荐意见"
OPINION_SENTENCES = (  # H14: fixed, nobody edits them
    "经研究决定，我单位同意推荐上述项目成为专项职业能力考核项目，上述单位成为专项职业能力考核机构。",
    "我单位将结合产业发展需求，做好所辖领域技能评价工作的组织推动、行业指导，支持有关单位开展专项职业能力考核，并配合各级人社部门实施质量督导。",
)
INSTRUCTIONS_TITLE = "填表说明"
INSTRUCTIONS = (
    "1. 请按推荐的优先级顺序填写。",
    (
        "2. 所属领域：请按《中华人民共和国职业分类大典》（2022年版）规范填写拟申报专项职业能力考核项目相关的"
        "所属领域名称，应填写到小类。可登录以下链接进行查询：http://www.osta.org.cn/career。"
    ),
    (
        "3. 产业类别：（1）请按以下产业标签选择填写：“3+6”产业：集成电路、生物医药、人工智能、电子信息、生命健康、"
        "汽车、高端装备、先进材料、时尚消费品；两大民生产业：养老护理、家政服务；其他产业：按实填写；"
        "（2）每个职业（工种）可按实际情况选填多个产业标签，用“、”隔开。"
    ),
    "4. 拟承担评价任务的考核机构：请填写建议承担该专项职业能力考核的单位规范全称，并提供正确的统一社会信用代码。",
    "5. 预计考核人次：请根据本行业或申报单位实际需求，预计三年内考核计划。",
    "6. 推荐理由：请简述推荐理由，如文件依据、行业规划、重要会议、调研摸底等。",
)
SEPARATOR = "、"  # H09
UNIT = "人"  # H12
REASONS = "错误原因"  # of workbooks that go back

# 附件2: what the notice lists behind 包括但不限于, in its order.
SCHEME_PART, ORGANISATION_PART = "一、考核项目推荐情况", "二、拟承担评价任务的考核机构推荐情况"
OUTLINE = "项目名称及主要考核内容"
OUTLOOK = "项目未来发展趋势分析"
SCHEME_SECTIONS = (
    ("background", "推荐项目的开发背景"),
    ("features", "项目特色"),
    ("outline", OUTLINE),
    ("audience", "项目适用对象"),
    ("assessment_so_far", "项目考核评价开展情况"),
    ("social_effect", "项目在促进本市经济社会发展、就业创业等方面发挥的作用"),
    ("outlook", OUTLOOK),
    ("extra_scheme", "其他"),
)
OUTLOOK_SECTIONS = (
    ("outlook_employment", "就业创业"),
    ("outlook_industry", "行业或产业发展"),
    ("outlook_economy", "经济效益"),
)
ORGANISATION_SECTIONS = (
    ("organisation_basics", "推荐单位的基本情况"),
    ("organisation_groundwork", "开展技能人才评价的工作基础"),
    ("organisation_strengths", "相关行业优势和专业优势"),
    ("extra_organisation", "其他"),
)
OUTLINE_NAME, OUTLINE_DEFINITION, OUTLINE_TASKS = "项目名称：", "定义：", "主要考核内容（详见附件 3）："
ORGANISATION_NAME = "拟承担评价任务的考核机构："

# 附件3
DEFINITION_HEADING = "一、定义"
ABILITY, FIELD = "能力名称", "所属领域"
WORK_TASK, OPERATIONS, KNOWLEDGE, WEIGHT = "工作任务", "操作规范", "相关知识", "考核比重"


@dataclass(frozen=True)
class Annex3Wording:
    """J06: the template says 能力标准与评价内容, the notice's own sample 能力标准和考核内容; one of them is printed."""

    content_heading: str = "能力标准与评价内容"


TEMPLATE_WORDING = Annex3Wording()
SAMPLE_WORDING = Annex3Wording("能力标准和考核内容")
ANNEX_3_WORDING = TEMPLATE_WORDING
