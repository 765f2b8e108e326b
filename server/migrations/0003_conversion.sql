-- Conversions and their undoing, codes by mail, the host's server: its keys, webhooks, erasure.
-- The same portable subset. A shipped migration never changes.

-- When the host first named another address than before (C11). Null: it is the first one still, or was verified since.
alter table person add column email_changed_at bigint;
alter table person add column erased_at bigint;
create index person_kind_email_index on person (kind, email, person_id);

-- What the host calls whoever is signed in as this user (`act`). Null: they themselves.
alter table session add column acted_by text;
-- The key of the admin page that signed for it last. Null: the operator's, a password, a guest, or a session from before
-- keys were noted. It goes with its key, also where both happen at once on two nodes.
alter table session add column identity_key text
    constraint session_identity_key_fk references identity_key (key_id) on delete cascade;
create index session_identity_key_index on session (identity_key) where identity_key is not null;
-- The operator's key that did, by its name: it stands in no table of ours.
alter table session add column operator_key text;

-- One higher with each undo, which takes positions back.
alter table conversation add column epoch bigint not null default 0;

-- Erased: the text is empty, the position stays.
alter table message add column erased_at bigint;

-- One conversation of a guest that became somebody's. Never deleted: an undone row keeps it from happening again.
create table conversion (
    conversion_id text not null,
    conversation_id text not null,
    -- Whose it was.
    guest text not null,
    -- Whose it became: a user, or a guest who proved the mailbox.
    became text not null,
    proof text not null,
    -- The highest position that is the guest's.
    cut bigint not null,
    converted_at bigint not null,
    undone_at bigint,
    undone_by text,
    -- `undo` by an admin, `not_me` by the user.
    undone_how text,
    -- Where what was written since went.
    carried_to text,
    constraint conversion_pk primary key (conversion_id),
    constraint conversion_proof_known check (proof in ('same_browser', 'mailbox', 'address_only')),
    constraint conversion_undone_known check (undone_how in ('undo', 'not_me')),
    constraint conversion_conversation_fk foreign key (conversation_id) references conversation (conversation_id),
    constraint conversion_guest_fk foreign key (guest) references person (person_id),
    constraint conversion_became_fk foreign key (became) references person (person_id),
    constraint conversion_undone_by_fk foreign key (undone_by) references person (person_id)
);

create unique index conversion_once on conversion (conversation_id, guest) where undone_at is null;
create index conversion_guest_index on conversion (guest);
create index conversion_became_index on conversion (became);
create index conversion_conversation_index on conversion (conversation_id, converted_at);

-- Guest sessions that a conversion ended, or that were declined: such a cookie is nobody's, unless an undo gives it back.
create table ended_guest_session (
    token_hash text not null,
    person_id text not null,
    created_at bigint not null,
    last_used_at bigint not null,
    expires_at bigint not null,
    ended_at bigint not null,
    constraint ended_guest_session_pk primary key (token_hash),
    constraint ended_guest_session_person_fk foreign key (person_id) references person (person_id)
);

create index ended_guest_session_person_index on ended_guest_session (person_id);
create index ended_guest_session_ended_index on ended_guest_session (ended_at);

-- Whether somebody is reported is asked about every guest who might be converted.
create index report_reported_index on report (reported) where dismissed_at is null;

-- The newest code of a session. Only hashes: of the session's token, and a keyed one of the code.
create table mail_code (
    token_hash text not null,
    -- Normalised.
    email text not null,
    code_hash text not null,
    wrong_tries bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    constraint mail_code_pk primary key (token_hash)
);

create index mail_code_expiry_index on mail_code (expires_at);

-- Codes asked for, so that nobody's mailbox is filled. A keyed hash of the address; gone after a day.
create table mail_code_request (
    request_id text not null,
    email_hash text not null,
    requested_at bigint not null,
    constraint mail_code_request_pk primary key (request_id)
);

create index mail_code_request_index on mail_code_request (email_hash, requested_at);
create index mail_code_request_age_index on mail_code_request (requested_at);

-- Keys with which the host's server calls. Only hashes.
create table host_key (
    host_key_id text not null,
    key_hash text not null,
    key_name text not null,
    -- JSON.
    scopes text not null,
    created_at bigint not null,
    last_used_at bigint,
    constraint host_key_pk primary key (host_key_id),
    constraint host_key_hash_unique unique (key_hash)
);

create table webhook (
    webhook_id text not null,
    url text not null,
    -- Signs what is sent; base64.
    secret text not null,
    -- JSON.
    events text not null,
    created_at bigint not null,
    constraint webhook_pk primary key (webhook_id)
);

-- What happened, on its way to a webhook; its text is read when it is sent, so that what was erased stays erased.
-- No foreign key: a message is not refused because a webhook ends at that very moment.
create table webhook_delivery (
    delivery_id text not null,
    webhook_id text not null,
    event text not null,
    -- JSON: ids and times, no texts.
    particulars text not null,
    created_at bigint not null,
    tries bigint not null,
    -- Null: delivered or given up. While somebody delivers it: until when it is theirs.
    next_try_at bigint,
    delivered_at bigint,
    last_status bigint,
    last_failure text,
    constraint webhook_delivery_pk primary key (delivery_id)
);

create index webhook_delivery_due_index on webhook_delivery (webhook_id, next_try_at) where next_try_at is not null;
create index webhook_delivery_given_up_index on webhook_delivery (webhook_id)
    where next_try_at is null and delivered_at is null;
create index webhook_delivery_list_index on webhook_delivery (webhook_id, created_at, delivery_id);
