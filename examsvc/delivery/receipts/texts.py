"""The words of the public page that checks receipts, in both languages."""

from examsvc.registry.site import CHINESE, ENGLISH, Texts

RECEIPTS: Texts = {
    CHINESE: {
        "title": "作答回执核验",
        "lead": "回执由考试服务器签名，不含姓名、证件号码和准考证号。"
        "粘贴回执文字或上传回执文件，即可核验服务器是否完整保存了作答。",
        "token": "回执",
        "token_hint": "以 R1. 开头的一行文字",
        "file": "或者上传回执文件",
        "submit": "核验",
        "again": "核验另一份",
        "result": "核验结果",
        "WHOLE": "回执属实，作答完整",
        "WHOLE_text": "签名有效。服务器现存的作答与回执一致，之后没有变动。",
        "FURTHER": "回执属实，其后还有作答",
        "FURTHER_text": "签名有效。回执所载的作答都在，没有改动；此后又保存了新的作答。",
        "DISAGREES": "与服务器现存的作答不一致",
        "DISAGREES_text": "签名有效，说明服务器确曾确认过这些作答；"
        "但现存的作答与它不一致。请保留这份回执，并立即联系考核机构。",
        "GONE": "签名有效，作答不在本系统",
        "GONE_text": "签名有效，但本系统现在没有这次应考的记录，可能已过保存期限。",
        "receipt_unreadable": "这不是一份完整的回执",
        "receipt_unreadable_text": "请粘贴以 R1. 开头的整行文字，不要缺少字符。",
        "receipt_key_unknown": "不是本系统的回执",
        "receipt_key_unknown_text": "回执由另一把密钥签名，请到出具它的系统核验。",
        "receipt_broken": "回执无效",
        "receipt_broken_text": "签名与内容不符：回执被改动过，或者不是本系统出具的。",
        "throttled": "核验过于频繁，请在 {retry_after} 秒后再试。",
        "kind": "类别",
        "responses": "作答保存回执",
        "hand_in": "交卷回执",
        "at": "保存时间（北京时间）",
        "finished_at": "交卷时间（北京时间）",
        "answered": "已答题数",
        "line": "保存到",
        "line_value": "第 {epoch} 轮第 {seq} 行",
        "chain": "校验码",
        "sitting": "应考编号",
        "proves": "回执证明什么",
        "proves_text": "服务器在上述时间已保存到这一行为止的全部作答。校验码由全部作答依次计算得出，"
        "任何一行缺少或改动，核验都会不一致。回执不证明作答的对错，也不证明作答人的身份。",
        "offline": "不依赖本网站也可以核验：下载签名公钥，用命令 examsvc receipt verify 核验。",
        "public_keys": "签名公钥",
    },
    ENGLISH: {
        "title": "Check a receipt",
        "lead": "Receipts are signed by the exam server and hold no name, identity number or ticket number. "
        "Paste a receipt "
        "or upload its file to see whether the server holds all the answers it confirmed.",
        "token": "Receipt",
        "token_hint": "One line of text that begins with R1.",
        "file": "Or upload the receipt's file",
        "submit": "Check",
        "again": "Check another one",
        "result": "Result",
        "WHOLE": "Genuine; the answers are complete",
        "WHOLE_text": "The signature is valid. What is stored agrees with the receipt, and nothing has changed since.",
        "FURTHER": "Genuine; more answers came after it",
        "FURTHER_text": "The signature is valid. All answers of the receipt are stored unaltered; more were "
        "stored since.",
        "DISAGREES": "Not what is stored now",
        "DISAGREES_text": "The signature is valid: the server did confirm these answers. But what is stored now "
        "differs. Keep the receipt and tell the assessment organisation at once.",
        "GONE": "Valid signature; no such answers here",
        "GONE_text": "The signature is valid, but there is no record of this sitting here, perhaps because it "
        "was kept long enough.",
        "receipt_unreadable": "This is not a whole receipt",
        "receipt_unreadable_text": "Paste the whole line that begins with R1.",
        "receipt_key_unknown": "Not a receipt of this service",
        "receipt_key_unknown_text": "Another key signed it. Check it with the service that gave it.",
        "receipt_broken": "Not valid",
        "receipt_broken_text": "Signature and content do not belong together: it was altered, or this service "
        "never gave it.",
        "throttled": "Too many checks; try again in {retry_after} seconds.",
        "kind": "Kind",
        "responses": "Receipt of answers",
        "hand_in": "Receipt of a hand-in",
        "at": "Stored at (Beijing time)",
        "finished_at": "Handed in at (Beijing time)",
        "answered": "Questions answered",
        "line": "Stored up to",
        "line_value": "line {seq} of round {epoch}",
        "chain": "Check value",
        "sitting": "Sitting",
        "proves": "What a receipt proves",
        "proves_text": "At that time the server had stored every answer up to this line. The check value is "
        "reckoned from all answers in turn: if any of them is missing or altered, it does not agree. "
        "A receipt says nothing about whether answers are right, or about who gave them.",
        "offline": "You can check without this site: download the public keys and run examsvc receipt verify.",
        "public_keys": "Public keys",
    },
}
