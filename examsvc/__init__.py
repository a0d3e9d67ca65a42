"""Online exam delivery and scoring for 专项职业能力考核."""
