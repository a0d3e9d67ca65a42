"""An organisation's sites 考核点 and rooms 考场 as its office keeps them once it assesses."""
