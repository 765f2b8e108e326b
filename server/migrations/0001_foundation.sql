-- Persons, sessions, groups, conversations, messages.
-- The portable subset: text, bigint, boolean; ids are UUIDv7 as text; times are milliseconds since 1970.
-- A shipped migration never changes.

-- One row: this installation is one site.
create table site (
    site_id text not null,
    created_at bigint not null,
    -- Settings as JSON; never queried into.
    settings text not null,
    -- One higher with every save: a save names the version it read.
    settings_version bigint not null,
    -- One higher with every change of what anybody may do (settings, memberships, admins, disabled persons).
    -- Running servers watch it, so that a change made elsewhere bites within two seconds.
    policy_version bigint not null,
    constraint site_pk primary key (site_id)
);

create table person (
    person_id text not null,
    kind text not null,
    display_name text not null,
    -- Normalised: what is compared. A label, never a key.
    email text,
    email_as_typed text,
    -- Whether the host site, or a mailed code, vouched for the address.
    email_verified boolean not null,
    -- The host site's immutable id (`sub`).
    external_id text,
    picture text,
    -- Null: no admin. Otherwise since when.
    admin_since bigint,
    disabled_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    constraint person_pk primary key (person_id),
    constraint person_kind_known check (kind in ('guest', 'user')),
    constraint person_guest_is_plain check (kind = 'user' or (external_id is null and admin_since is null)),
    constraint person_external_id_unique unique (external_id)
);

create index person_email_index on person (email);

-- Only hashes of tokens are here: who reads the database can be nobody.
create table session (
    token_hash text not null,
    kind text not null,
    person_id text not null,
    created_at bigint not null,
    last_used_at bigint not null,
    expires_at bigint not null,
    constraint session_pk primary key (token_hash),
    constraint session_kind_known check (kind in ('guest', 'user')),
    constraint session_person_fk foreign key (person_id) references person (person_id)
);

create index session_person_index on session (person_id);
create index session_expiry_index on session (expires_at);

-- Identity tokens that were used: each works once.
create table identity_token_use (
    token_id text not null,
    expires_at bigint not null,
    constraint identity_token_use_pk primary key (token_id)
);

create index identity_token_use_expiry_index on identity_token_use (expires_at);

create table user_group (
    group_id text not null,
    group_name text not null,
    created_at bigint not null,
    constraint user_group_pk primary key (group_id),
    constraint user_group_name_unique unique (group_name)
);

create table group_member (
    group_id text not null,
    person_id text not null,
    -- `manual`, or `token` when the identity token's groups said so.
    source text not null,
    -- Somebody who joins starts at the present: nothing older is unread for them.
    joined_at bigint not null,
    constraint group_member_pk primary key (group_id, person_id),
    constraint group_member_source_known check (source in ('manual', 'token')),
    constraint group_member_group_fk foreign key (group_id) references user_group (group_id),
    constraint group_member_person_fk foreign key (person_id) references person (person_id)
);

create index group_member_person_index on group_member (person_id);

create table conversation (
    conversation_id text not null,
    kind text not null,
    -- Never changes.
    opened_by text not null,
    -- Changes with a conversion.
    owner text not null,
    -- The client id of its first message: what makes a retry of the start the same conversation.
    opening_client_id text not null,
    last_position bigint not null,
    -- One higher with every durable change of any kind.
    revision bigint not null,
    created_at bigint not null,
    last_activity_at bigint not null,
    last_customer_position bigint not null,
    last_staff_position bigint not null,
    customer_seen_position bigint not null,
    staff_seen_position bigint not null,
    constraint conversation_pk primary key (conversation_id),
    constraint conversation_kind_known check (kind in ('support', 'direct')),
    constraint conversation_opened_by_fk foreign key (opened_by) references person (person_id),
    constraint conversation_owner_fk foreign key (owner) references person (person_id),
    constraint conversation_opening_unique unique (opened_by, opening_client_id)
);

create index conversation_activity_index on conversation (kind, last_activity_at, conversation_id);
create index conversation_owner_index on conversation (owner, last_activity_at, conversation_id);
-- The few that wait for an answer: the filter Unanswered and the agents' badge never walk the many.
create index conversation_unanswered_index on conversation (kind, last_activity_at, conversation_id)
    where last_customer_position > last_staff_position;

create table message (
    message_id text not null,
    conversation_id text not null,
    position bigint not null,
    kind text not null,
    side text not null,
    -- Null for notices. Never rewritten.
    author text,
    -- Null for notices.
    client_id text,
    body text not null,
    reply_to bigint,
    -- The conversation's revision that it made: a retry is answered with it, for ever.
    revision bigint not null,
    sent_at bigint not null,
    constraint message_pk primary key (conversation_id, position),
    constraint message_id_unique unique (message_id),
    constraint message_client_id_unique unique (conversation_id, client_id),
    constraint message_kind_known check (kind in ('text', 'notice')),
    constraint message_side_known check (side in ('customer', 'staff', 'system')),
    constraint message_author_said check ((kind = 'notice') = (author is null)),
    constraint message_conversation_fk foreign key (conversation_id) references conversation (conversation_id),
    constraint message_author_fk foreign key (author) references person (person_id)
);

-- What one person has seen and said in one conversation.
create table participant (
    conversation_id text not null,
    person_id text not null,
    side text not null,
    seen_position bigint not null,
    -- The highest position they wrote; 0 where they only looked.
    last_written_position bigint not null,
    constraint participant_pk primary key (conversation_id, person_id),
    constraint participant_side_known check (side in ('customer', 'staff')),
    constraint participant_conversation_fk foreign key (conversation_id) references conversation (conversation_id),
    constraint participant_person_fk foreign key (person_id) references person (person_id)
);

-- Append-only: what admins, agents and the system did. No message text, no token.
create table audit (
    audit_id text not null,
    at bigint not null,
    -- Null: the system, or nobody known.
    actor text,
    action text not null,
    subject text,
    -- JSON.
    particulars text not null,
    constraint audit_pk primary key (audit_id)
);

create index audit_at_index on audit (at, audit_id);
