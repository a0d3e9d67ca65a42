/** 市职鉴中心咨询和受理邮箱, 140号 三(二)3 (A13); the same as `INTAKE_MAILBOX` of examsvc/registry/policy.py, which a test compares. */
export const INTAKE_MAILBOX = "yanfa312@126.com";
