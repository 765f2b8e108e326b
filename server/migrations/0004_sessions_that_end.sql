-- Sessions that ended, and first messages that are under way while somebody signs in.
-- The same portable subset. A shipped migration never changes.

-- Every process looks here once a second, and closes the sockets of what it finds. Rows are forgotten after an hour.
create table ended_session (
    token_hash text not null,
    ended_at bigint not null,
    constraint ended_session_pk primary key (token_hash)
);

create index ended_session_ended_index on ended_session (ended_at);

-- A guest's cookie that nobody stood behind when somebody signed in beside it: what is under way under it is looked at
-- when it arrives, as that sign-in would have.
create table awaited_guest (
    -- Of the guest's cookie.
    token_hash text not null,
    -- Of the session that was begun beside it. Null: none was, and the row only keeps two writers apart.
    beside text,
    awaited_until bigint not null,
    constraint awaited_guest_pk primary key (token_hash)
);

create index awaited_guest_until_index on awaited_guest (awaited_until);
