"""What a round asks of PostgreSQL."""

# ruff: noqa: S608 (what is put into these statements are names of our own columns)
from typing import Final

from examsvc.delivery.saving.standings import COLUMNS, EXAM_SESSION

BEGIN: Final = "BEGIN"
COMMIT: Final = "COMMIT"
ROLLBACK: Final = "ROLLBACK"
FORGET_PLANS: Final = "DISCARD PLANS"
BEARERS: Final = """
    SELECT token_digest, logins.id, logins.account_id, expires_at, role
    FROM logins
    JOIN accounts ON accounts.id = logins.account_id
    LEFT JOIN account_roles ON account_roles.account_id = accounts.id AND role = 'CANDIDATE'
    WHERE token_digest = ANY($1::text[]) AND revoked_at IS NULL AND accounts.state = 'ACTIVE'
"""
STANDINGS: Final = f"""
    SELECT {", ".join(str(column) for column in COLUMNS)}
    FROM sittings
    JOIN enrolments ON enrolments.id = sittings.enrolment_id
    JOIN candidates ON candidates.id = enrolments.candidate_id
    WHERE sittings.id = ANY($1::uuid[])
    ORDER BY sittings.id
    FOR NO KEY UPDATE OF sittings SKIP LOCKED
"""
EXAM_SESSIONS: Final = f"""
    SELECT {", ".join(str(column) for column in EXAM_SESSION)} FROM exam_sessions WHERE id = ANY($1::uuid[])
"""
LATEST: Final = """
    SELECT DISTINCT ON (sitting_id, item_ref) sitting_id, item_ref, answer
    FROM responses WHERE sitting_id = ANY($1::uuid[])
    ORDER BY sitting_id, item_ref, epoch DESC, seq DESC
"""
SAID: Final = """
    SELECT sitting_id, epoch, seq, item_ref, answer, flagged, client_at
    FROM responses JOIN unnest($1::uuid[], $2::int[], $3::int[]) AS asked (sitting_id, epoch, seq)
    USING (sitting_id, epoch, seq)
"""
STORED: Final = """
    WITH kept AS (
        INSERT INTO responses
            (sitting_id, epoch, seq, item_ref, answer, flagged, client_at, received_at, chain)
        SELECT sitting_id, epoch, seq, item_ref, coalesce(answer, 'null'), flagged, client_at, received_at, chain
        FROM json_to_recordset($1) AS row (
            sitting_id uuid, epoch int, seq int, item_ref text, answer json, flagged boolean,
            client_at timestamptz, received_at timestamptz, chain text
        )
    )
    UPDATE sittings SET last_seq = moved.last_seq, chain_head = moved.chain_head,
        answered_count = moved.answered_count, answered_refs = moved.answered_refs
    FROM json_to_recordset($2) AS moved (
        id uuid, last_seq int, chain_head text, answered_count int, answered_refs text
    )
    WHERE sittings.id = moved.id
"""
