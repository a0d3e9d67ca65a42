"""The frame of the public pages: language, navigation, footer. They work without JavaScript."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request

from examsvc.registry.policy import INTAKE_MAILBOX, NOTICE

CHINESE, ENGLISH = "zh-CN", "en"
LANGUAGES = (CHINESE, ENGLISH)
Texts = Mapping[str, Mapping[str, str]]

FRAME: Texts = {
    CHINESE: {
        "brand": "专项职业能力考核",
        "skip": "跳到正文",
        "nav": "主导航",
        "home": "首页",
        "query": "证书查询",
        "registry": "备案名单",
        "notices": "公示",
        "other_language": "English",
        "basis": f"依据：{NOTICE.issuer} {NOTICE.number}（{NOTICE.issued_on}）",
        "intake": f"市职鉴中心咨询和受理邮箱：{INTAKE_MAILBOX}",
        "principle": "谁评价、谁发证、谁负责",
        "api": "接口说明",
    },
    ENGLISH: {
        "brand": "Vocational Skills Assessment",
        "skip": "Skip to content",
        "nav": "Main navigation",
        "home": "Home",
        "query": "Certificates",
        "registry": "Filings",
        "notices": "Notices",
        "other_language": "中文",
        "basis": "Basis: Shanghai Municipal Human Resources and Social Security Bureau, "
        f"notice {NOTICE.number} of {NOTICE.issued_on}",
        "intake": f"Mailbox of the centre for questions and applications: {INTAKE_MAILBOX}",
        "principle": "The body that assesses issues the certificate and is accountable for it",
        "api": "API",
    },
}


def language() -> str:
    """Return the language of the page: `?lang=` says it, or the browser, or else it is Chinese."""
    asked = request.args.get("lang", "").lower()
    for known in LANGUAGES:
        if asked and known.lower().startswith(asked):
            return known
    best = request.accept_languages.best_match(["zh-CN", "zh", "en"], default=CHINESE)
    return ENGLISH if best == ENGLISH else CHINESE


def page(
    template: str, texts: Texts, *, status: int = 200, keep: Mapping[str, str] | None = None, **values: Any
) -> Response:
    """Return the rendered page. `keep` are the query parameters that the language switch carries on."""
    lang = language()
    answer = make_response(
        render_template(
            template,
            lang=lang,
            t=texts[lang],
            site=FRAME[lang],
            here=request.path,
            suffix=_suffix(lang),
            switch=_switch(lang, keep or {}),
            **values,
        ),
        status,
    )
    answer.headers["Content-Language"] = lang
    answer.vary.add("Accept-Language")
    return answer


def _suffix(lang: str) -> str:
    """Return what keeps a chosen language on the way to the next page; nothing when the browser chose it."""
    return f"?lang={lang}" if "lang" in request.args else ""


def _switch(lang: str, keep: Mapping[str, str]) -> dict[str, str]:
    other = CHINESE if lang == ENGLISH else ENGLISH
    return {"lang": other, "href": f"{request.path}?{urlencode({'lang': other, **keep})}"}
