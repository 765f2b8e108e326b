-- Accounts, invitations, permissions between groups, direct conversations, blocks, reports, keys, secrets, pictures.
-- The same portable subset. A shipped migration never changes.

-- Sessions of the admin page, and what browser each was begun with. A constraint cannot be changed on both engines, so
-- the table is made anew.
create table session_former as select * from session;
drop table session;
create table session (
    token_hash text not null,
    -- `user` is the chat's own cookie, `admin` the admin page's.
    kind text not null,
    person_id text not null,
    -- Browser and system, as far as the browser said: `Firefox on Linux`.
    device text not null,
    created_at bigint not null,
    last_used_at bigint not null,
    expires_at bigint not null,
    constraint session_pk primary key (token_hash),
    constraint session_kind_known check (kind in ('guest', 'user', 'admin')),
    constraint session_person_fk foreign key (person_id) references person (person_id)
);
insert into session (token_hash, kind, person_id, device, created_at, last_used_at, expires_at)
    select token_hash, kind, person_id, '', created_at, last_used_at, expires_at
    from session_former;
drop table session_former;
create index session_person_index on session (person_id);
create index session_expiry_index on session (expires_at);

-- Who last saved the settings. Null: nobody yet, or the command line.
alter table site add column settings_changed_by text;
alter table site add column settings_changed_at bigint;

-- The name in small letters: what a search looks at.
alter table person add column search_name text not null default '';
update person set search_name = lower(display_name);
create index person_search_index on person (kind, search_name, person_id);

-- How somebody signs in without a host site. A user of the host may have one too, for the admin page.
create table account (
    person_id text not null,
    -- The address that is typed to sign in, normalised.
    login text not null,
    -- argon2id, as a PHC string.
    password_hash text not null,
    created_at bigint not null,
    password_changed_at bigint not null,
    constraint account_pk primary key (person_id),
    constraint account_login_unique unique (login),
    constraint account_person_fk foreign key (person_id) references person (person_id)
);

-- The one link that lets the first admin in. Gone when used; made anew by every start that finds no admin.
create table setup_link (
    token_hash text not null,
    expires_at bigint not null,
    constraint setup_link_pk primary key (token_hash)
);

create table invitation (
    invitation_id text not null,
    -- Of the token in the link.
    token_hash text not null,
    -- Somebody who is there already and gets a (new) password. Null: somebody new.
    person_id text,
    display_name text not null,
    -- The address that they will sign in with, normalised and as typed.
    login text not null,
    email_as_typed text not null,
    is_admin boolean not null,
    group_id text,
    -- Null: the command line.
    invited_by text,
    created_at bigint not null,
    expires_at bigint not null,
    constraint invitation_pk primary key (invitation_id),
    constraint invitation_token_unique unique (token_hash),
    constraint invitation_person_fk foreign key (person_id) references person (person_id),
    constraint invitation_invited_by_fk foreign key (invited_by) references person (person_id)
);

create index invitation_expiry_index on invitation (expires_at);

-- A row: people of these two groups may chat with each other. The smaller id first, so a pair stands once.
create table group_permission (
    group_id text not null,
    other_group_id text not null,
    created_at bigint not null,
    constraint group_permission_pk primary key (group_id, other_group_id),
    constraint group_permission_ordered check (group_id <= other_group_id),
    constraint group_permission_group_fk foreign key (group_id) references user_group (group_id),
    constraint group_permission_other_fk foreign key (other_group_id) references user_group (group_id)
);

create index group_permission_other_index on group_permission (other_group_id);

-- A direct conversation: `owner` began it (and stands on the customer's side), `peer` is the other one.
alter table conversation add column peer text constraint conversation_peer_fk references person (person_id);
-- Both ids, the smaller first, a space between: two people have one direct conversation. Null for support.
alter table conversation add column pair text;
create unique index conversation_pair_unique on conversation (pair);
create index conversation_peer_index on conversation (peer, last_activity_at, conversation_id);

-- What the owner is: admins look at users' conversations and at guests' apart. Changes with the owner.
alter table conversation add column owner_kind text not null default 'guest'
    constraint conversation_owner_kind_known check (owner_kind in ('guest', 'user'));
update conversation
    set owner_kind = 'user'
    where exists (select 1 from person p where p.person_id = owner and p.kind = 'user');
create index conversation_owner_kind_index on conversation (owner_kind, last_activity_at, conversation_id);

create table block (
    block_id text not null,
    blocker text not null,
    blocked text not null,
    -- `site`: a customer's messages reach nobody of the staff. `person`: they do not reach the blocker.
    scope text not null,
    conversation_id text not null,
    created_at bigint not null,
    constraint block_pk primary key (block_id),
    constraint block_scope_known check (scope in ('site', 'person')),
    constraint block_blocker_fk foreign key (blocker) references person (person_id),
    constraint block_blocked_fk foreign key (blocked) references person (person_id),
    constraint block_conversation_fk foreign key (conversation_id) references conversation (conversation_id)
);

create unique index block_of_site_unique on block (blocked) where scope = 'site';
create unique index block_of_person_unique on block (blocked, blocker) where scope = 'person';
create index block_created_index on block (created_at, block_id);
create index block_conversation_index on block (conversation_id);

create table report (
    report_id text not null,
    reporter text not null,
    reported text not null,
    conversation_id text not null,
    position bigint not null,
    reason text not null,
    created_at bigint not null,
    dismissed_at bigint,
    dismissed_by text,
    constraint report_pk primary key (report_id),
    constraint report_once unique (reporter, conversation_id, position),
    constraint report_reporter_fk foreign key (reporter) references person (person_id),
    constraint report_reported_fk foreign key (reported) references person (person_id),
    constraint report_message_fk foreign key (conversation_id, position) references message (conversation_id, position),
    constraint report_dismissed_by_fk foreign key (dismissed_by) references person (person_id)
);

create index report_open_index on report (created_at, report_id) where dismissed_at is null;
create index report_dismissed_index on report (created_at, report_id) where dismissed_at is not null;

-- What *Activity* filters by, and whether an admin's reading along stands there already.
create index audit_action_index on audit (action, at, audit_id);
create index audit_subject_index on audit (subject, action, at);

-- Keys with which the host site signs identity tokens, made on the admin page.
create table identity_key (
    key_id text not null,
    algorithm text not null,
    -- HS256: the secret, base64url. Otherwise the public key, PEM.
    key_text text not null,
    created_at bigint not null,
    retired_at bigint,
    constraint identity_key_pk primary key (key_id),
    constraint identity_key_algorithm_known check (algorithm in ('HS256', 'ES256', 'EdDSA'))
);

-- What is written and never shown: the mail server's password.
create table site_secret (
    secret_name text not null,
    secret_value text not null,
    updated_at bigint not null,
    constraint site_secret_pk primary key (secret_name)
);

-- Uploaded pictures, re-encoded. Never changed: a new picture is a new row.
create table picture (
    picture_id text not null,
    content_type text not null,
    -- Base64.
    body text not null,
    created_at bigint not null,
    constraint picture_pk primary key (picture_id)
);
