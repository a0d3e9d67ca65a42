"""错误原因: what is wrong with a row, in Chinese, for workbooks that go back to who filled them. Pure."""

REASONS = {
    "html_in_text": "名称中不能含有 < 或 >",
    "invalid": "内容过长或格式不正确",
    "unprintable_text": "含有无法显示的字符",
    "batch_full": "一批推荐的行数已满",
    "unknown_occupation": "所属领域及代码：《职业分类大典（2022年版）》中没有这个代码",
    "not_a_minor_group": "所属领域及代码：应填写到小类（如 4-04-05）",
    "occupation_missing": "所属领域及代码：没有小类代码（如 4-04-05）",
    "occupation_unnamed": "所属领域及代码：该小类的名称须先由市职鉴中心补录",
    "scheme_name_missing": "项目名称：未填写",
    "scheme_name_repeated": "项目名称：与本批另一行重复",
    "scheme_name_is_occupation": "项目名称：与《职业分类大典》中的职业同名",
    "scheme_name_like_worker": "项目名称：以“工”“员”“师”结尾，像职业名称",
    "industries_missing": "产业类别：未填写",
    "organisation_name_missing": "考核机构：未填写单位全称",
    "reason_missing": "推荐理由：未填写",
    "credit_code_missing": "统一社会信用代码：未填写",
    "credit_code_sample": "统一社会信用代码：这是通知样例中的代码，不是真实代码",
    "credit_code_malformed": "统一社会信用代码：应为 18 位数字和大写字母（不含 I、O、S、V、Z）",
    "bad_credit_code": "统一社会信用代码：校验位不符（GB 32100），确属真实的须上传证明",
    "credit_code_authority": "统一社会信用代码：11 开头的机关不能申报",
    "credit_code_institution": "统一社会信用代码：12 开头的事业单位由市职鉴中心认定",
    "credit_code_elsewhere": "统一社会信用代码：登记地不在本市",
}


def told(code: str, otherwise: str) -> str:
    """Return the reason in Chinese, or `otherwise` for a code that has none."""
    return REASONS.get(code, otherwise)
