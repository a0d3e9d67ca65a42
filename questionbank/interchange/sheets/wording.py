"""Our own template in words: its columns, what to write in them, and an example of every type."""

from collections.abc import Mapping

from questionbank.interchange.sheets.headings import Field

INSTRUCTIONS = "填写说明 Instructions"
EXAMPLES = "示例 Examples"
LISTS = "lists"
ITEMS = "题库 Items"
OPTION_LETTERS = "ABCDEFGH"

HEADINGS: Mapping[str, str] = {
    Field.TYPE: "题型\nType",
    Field.STEM: "题干\nStem",
    **{f"option_{letter.lower()}": f"选项{letter}\nOption {letter}" for letter in OPTION_LETTERS},
    Field.ANSWER: "答案\nAnswer",
    Field.EXPLANATION: "解析\nExplanation",
    Field.DIFFICULTY: "难度\nDifficulty",
    Field.WORK_TASK: "工作任务\nWork task",
    Field.KNOWLEDGE_POINT: "知识点\nKnowledge point",
    Field.POINTS: "分值\nPoints",
    Field.TAGS: "标签\nTags",
    Field.GROUP: "案例组号\nCase",
    Field.MATCHES: "匹配项\nMatches",
    Field.GAPS: "各空选项\nGaps",
    Field.SCORING: "计分方式\nScoring",
    Field.FIXED: "固定选项\nFixed",
    Field.TOLERANCE: "误差\nTolerance",
    Field.UNIT: "单位\nUnit",
    Field.OUTLINE: "得分点\nMarking points",
    Field.LENGTH: "字数\nLength",
    Field.CODE: "试题编码\nCode",
    Field.EXTERNAL_ID: "外部编号\nExternal id",
}
"""The headings by field, in the order of the columns."""

WIDTHS = {Field.STEM: 48, Field.ANSWER: 18, Field.EXPLANATION: 32, Field.KNOWLEDGE_POINT: 22}
USUAL_WIDTH = 12

_ZH = (
    "一行一题，写在“题库 Items”表里；本表和“示例 Examples”表不会被导入。",
    "必填：题型、题干、答案；选择题、排序题、匹配题还要填选项。",
    "单选题、多选题：答案写字母，如 B、ABD。选项从 A 起连续填写。",
    "判断题：答案写 对 或 错。",
    "填空题：题干用 ____ 标出每个空。同一空的多个可接受答案用 | 隔开，各空用 ； 隔开，或写成 (1)…；(2)…。",
    "数值题：答案写数，误差写允许相差多少，单位可不填；也可写 3.14±0.01。",
    "下拉填空题：题干用 ____ 标出每个空；“各空选项”一行一个空，如 A.升|B.降；答案如 A;B。",
    "排序题：选项按显示顺序填写，答案写正确顺序，如 BACD。计分方式填 PAIRS 时按相邻顺序给分。",
    "匹配题：左侧填在选项列，右侧填在“匹配项”，一行一项；答案如 A-2;B-1。计分方式填 EXACT 时全对才给分。",
    "简答题、论述题：答案写参考答案，得分点一行一个。论述题可填建议字数。",
    "案例题：第一行题型写 案例题、题干写共用材料；随后各行是小题。这些行填同一个案例组号，小题的分值为整数。",
    "多选题的计分方式可写 A:0.5;C:0.5;B:-0.5;LEAST:0，表示选每项得多少、最少得多少；不填为全对才得分。",
    "固定选项：乱序时不移动的选项，如 D。填空题计分方式填 CASE 表示区分大小写。",
    "数学式用 LaTeX，写在 \\( 与 \\) 之间。图片、音频、视频和热点题不能写在表格里，请在题库中添加，或用 QTI 文件。",
)
_EN = (
    "One row is one item, on the sheet “题库 Items”; this sheet and “示例 Examples” are not imported.",
    "Type, stem and answer are needed; options too for choices, ordering and matching.",
    "Choices: the answer is letters, such as B or ABD. Options begin at A and leave none out.",
    "True or false: write 对 (true) or 错 (false).",
    "Fill-in: mark each blank in the stem with ____. Part accepted answers by |, blanks by ; or (1)… (2)….",
    "Numeric: the answer is a number, the tolerance how far off one may be, the unit optional; or write 3.14±0.01.",
    "Inline choice: mark gaps with ____; “Gaps” has a line for each, such as A.up|B.down; the answer is like A;B.",
    "Ordering: options as shown, the answer as they belong, such as BACD. Scoring PAIRS counts neighbouring pairs.",
    "Matching: left in the options, right in “Matches”, one a line; the answer is like A-2;B-1. EXACT: all or nothing.",
    "Written answers: the answer is the reference, marking points one a line; an essay may name a length.",
    "A case: first a row of type 案例题 with the shared text, then its questions; all have the same case number.",
    "Multiple choice: scoring A:0.5;C:0.5;B:-0.5;LEAST:0 gives each option its share; empty: all or nothing.",
    "Fixed: options that stay in place when shuffled, such as D. Fill-in: scoring CASE tells capitals apart.",
    "Mathematics is LaTeX between \\( and \\). No media or hotspots in a table: add them in the bank, or use QTI.",
)
INSTRUCTION_LINES = ("填写说明", *_ZH, "", "Instructions", *_EN)
