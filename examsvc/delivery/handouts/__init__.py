"""What is printed for an exam session: admission tickets 准考证, door lists 考场门贴, sign-in sheets 签到表."""
