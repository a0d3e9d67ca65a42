"""The exam day at the room's door, seen by the staff: who came 签到, who was turned away, who is absent 缺考.

What the candidate does at the machine before the paper is `delivery.checking_in`.
"""
