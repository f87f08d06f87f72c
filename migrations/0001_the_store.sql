-- The first schema. One text for SQLite and Postgres: text ids, bigint milliseconds since the epoch, boolean, JSON and
-- enums as text with a check. Every constraint has a name. conversation.handoff_id and conversation.turn point to rows
-- that point back to the conversation; no foreign key stands there, because SQLite can't add one to a table that
-- exists: the unique indexes handoff_one_open and turn_one_active hold the same promise from the other side.

create table workspace (
    id bigint not null,
    name text not null,
    created_at_ms bigint not null,
    constraint workspace_pk primary key (id),
    constraint workspace_one_row check (id = 1)
);

create table teammate (
    id text not null,
    name text not null,
    email text not null,
    role text not null,
    password_hash text not null,
    created_at_ms bigint not null,
    constraint teammate_pk primary key (id),
    constraint teammate_email_unique unique (email),
    constraint teammate_role_known check (role in ('viewer', 'teammate', 'admin', 'owner'))
);

create table session (
    token_hash text not null,
    teammate_id text not null,
    created_at_ms bigint not null,
    expires_at_ms bigint not null,
    constraint session_pk primary key (token_hash),
    constraint session_teammate_fk foreign key (teammate_id) references teammate (id)
);
create index session_expires on session (expires_at_ms);
create index session_teammate on session (teammate_id);

create table presence (
    teammate_id text not null,
    seen_at_ms bigint not null,
    constraint presence_pk primary key (teammate_id),
    constraint presence_teammate_fk foreign key (teammate_id) references teammate (id)
);

create table agent (
    id text not null,
    name text not null,
    widget_key text not null,
    greeting text not null,
    created_at_ms bigint not null,
    constraint agent_pk primary key (id),
    constraint agent_widget_key_unique unique (widget_key)
);

create table action (
    id text not null,
    agent_id text not null,
    kind text not null,
    settings text not null,
    version bigint not null,
    updated_at_ms bigint not null,
    updated_by text,
    constraint action_pk primary key (id),
    constraint action_agent_kind_unique unique (agent_id, kind),
    constraint action_agent_fk foreign key (agent_id) references agent (id),
    constraint action_updated_by_fk foreign key (updated_by) references teammate (id),
    constraint action_kind_known check (kind in ('human_handoff'))
);

create table action_revision (
    action_id text not null,
    version bigint not null,
    settings text not null,
    what text not null,
    saved_by text,
    saved_at_ms bigint not null,
    constraint action_revision_pk primary key (action_id, version),
    constraint action_revision_action_fk foreign key (action_id) references action (id),
    constraint action_revision_saved_by_fk foreign key (saved_by) references teammate (id)
);

create table customer (
    id text not null,
    agent_id text not null,
    token_hash text not null,
    name text,
    email text,
    phone text,
    locale text,
    page_url text,
    created_at_ms bigint not null,
    seen_at_ms bigint not null,
    constraint customer_pk primary key (id),
    constraint customer_token_hash_unique unique (token_hash),
    constraint customer_agent_fk foreign key (agent_id) references agent (id)
);

-- The list_ and last_ columns repeat what the thread says, so that a page of the inbox reads one index and no messages.
-- list_rank and list_wait are the inbox's order, smaller first: src/store/conversation_list.rs says how they are made.
create table conversation (
    id text not null,
    agent_id text not null,
    customer_id text not null,
    owner text not null,
    owner_teammate_id text,
    lifecycle text not null,
    owner_epoch bigint not null,
    version bigint not null,
    last_seq bigint not null,
    customer_seq bigint not null,
    answered_seq bigint not null,
    turn text,
    turn_count bigint not null,
    ai_turns bigint not null,
    gathering text not null,
    handoff_id text,
    handoff_count bigint not null,
    priority text,
    priority_reason text,
    waiting_since_ms bigint,
    last_teammate_id text,
    snoozed_until_ms bigint,
    resolved_by text,
    resolved_at_ms bigint,
    previous_id text,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    list_rank bigint not null,
    list_wait bigint not null,
    last_body text,
    last_author text,
    last_message_at_ms bigint,
    constraint conversation_pk primary key (id),
    constraint conversation_agent_fk foreign key (agent_id) references agent (id),
    constraint conversation_customer_fk foreign key (customer_id) references customer (id),
    constraint conversation_owner_teammate_fk foreign key (owner_teammate_id) references teammate (id),
    constraint conversation_last_teammate_fk foreign key (last_teammate_id) references teammate (id),
    constraint conversation_previous_fk foreign key (previous_id) references conversation (id),
    constraint conversation_owner_known check (owner in ('ai', 'queue', 'teammate', 'none')),
    constraint conversation_owner_teammate check ((owner = 'teammate') = (owner_teammate_id is not null)),
    constraint conversation_lifecycle_known check (lifecycle in ('open', 'snoozed', 'resolved')),
    constraint conversation_resolved_has_no_owner check ((lifecycle = 'resolved') = (owner = 'none')),
    constraint conversation_priority_known check (priority in ('low', 'medium', 'high', 'urgent')),
    constraint conversation_resolved_by_known check (resolved_by in ('ai', 'teammate')),
    constraint conversation_last_author_known check (last_author in ('customer', 'ai', 'teammate', 'system')),
    constraint conversation_counts check (
        owner_epoch >= 1 and version >= 1 and last_seq >= 0 and customer_seq >= 0 and answered_seq >= 0
        and customer_seq <= last_seq and answered_seq <= last_seq
    )
);
-- A customer has one conversation at a time.
create unique index conversation_one_unresolved on conversation (customer_id) where lifecycle <> 'resolved';
create index conversation_of_customer on conversation (customer_id, created_at_ms);
create index conversation_of_agent on conversation (agent_id, created_at_ms);
create index conversation_list_owner on conversation (lifecycle, owner, list_rank, list_wait, id);
create index conversation_list_mine on conversation (owner_teammate_id, lifecycle, list_rank, list_wait, id);
create index conversation_list_all on conversation (lifecycle, list_rank, list_wait, id);

create table turn (
    id text not null,
    conversation_id text not null,
    epoch bigint not null,
    state text not null,
    outcome text,
    through_seq bigint not null,
    attempts bigint not null,
    queued_at_ms bigint not null,
    began_at_ms bigint,
    ended_at_ms bigint,
    constraint turn_pk primary key (id),
    constraint turn_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint turn_state_known check (state in ('queued', 'running', 'done', 'void')),
    constraint turn_outcome_known check (outcome in ('replied', 'asked_for', 'handed_off', 'failed')),
    constraint turn_outcome_when_done check ((state = 'done') = (outcome is not null)),
    constraint turn_ended check ((state in ('done', 'void')) = (ended_at_ms is not null))
);
create unique index turn_one_active on turn (conversation_id) where state in ('queued', 'running');
create index turn_of_conversation on turn (conversation_id, queued_at_ms);

create table entry (
    id text not null,
    conversation_id text not null,
    seq bigint not null,
    kind text not null,
    author_kind text not null,
    author_id text,
    body text not null,
    detail text,
    client_id text,
    turn_id text,
    owner_epoch bigint,
    created_at_ms bigint not null,
    constraint entry_pk primary key (id),
    constraint entry_seq_unique unique (conversation_id, seq),
    constraint entry_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint entry_author_fk foreign key (author_id) references teammate (id),
    constraint entry_turn_fk foreign key (turn_id) references turn (id),
    constraint entry_kind_known check (kind in ('message', 'note', 'event')),
    constraint entry_author_known check (author_kind in ('customer', 'ai', 'teammate', 'system')),
    constraint entry_author_named check ((author_kind = 'teammate') = (author_id is not null)),
    constraint entry_ai_has_turn check (author_kind <> 'ai' or (turn_id is not null and owner_epoch is not null)),
    constraint entry_note_by_teammate check (kind <> 'note' or author_kind = 'teammate'),
    constraint entry_event_by_system check (kind <> 'event' or (author_kind = 'system' and detail is not null))
);
create unique index entry_sent_once on entry (conversation_id, author_kind, client_id) where client_id is not null;
create unique index entry_one_reply_per_turn on entry (turn_id) where author_kind = 'ai';

create table decision (
    turn_id text not null,
    conversation_id text not null,
    record text not null,
    created_at_ms bigint not null,
    constraint decision_pk primary key (turn_id),
    constraint decision_turn_fk foreign key (turn_id) references turn (id),
    constraint decision_conversation_fk foreign key (conversation_id) references conversation (id)
);
create index decision_of_conversation on decision (conversation_id, created_at_ms);

create table handoff (
    id text not null,
    conversation_id text not null,
    epoch bigint not null,
    kind text not null,
    reason text not null,
    rule text,
    quote text,
    quote_seq bigint,
    gathered text not null,
    missing text not null,
    priority text,
    by_teammate_id text,
    after_seq bigint not null,
    opened_at_ms bigint not null,
    picked_up_by text,
    picked_up_at_ms bigint,
    ended_at_ms bigint,
    ended_how text,
    summary text,
    verdict text,
    verdict_by text,
    verdict_at_ms bigint,
    constraint handoff_pk primary key (id),
    constraint handoff_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint handoff_by_fk foreign key (by_teammate_id) references teammate (id),
    constraint handoff_picked_up_by_fk foreign key (picked_up_by) references teammate (id),
    constraint handoff_verdict_by_fk foreign key (verdict_by) references teammate (id),
    constraint handoff_kind_known check (
        kind in ('asked_for_person', 'condition', 'ai_limit', 'button', 'failure', 'teammate', 'returned')
    ),
    constraint handoff_picked_up check ((picked_up_by is null) = (picked_up_at_ms is null)),
    constraint handoff_ended check ((ended_at_ms is null) = (ended_how is null)),
    constraint handoff_ended_how_known check (ended_how in ('returned_to_ai', 'resolved')),
    constraint handoff_verdict_known check (verdict in ('needed', 'too_early', 'too_late'))
);
create unique index handoff_one_open on handoff (conversation_id) where ended_at_ms is null;
create index handoff_of_conversation on handoff (conversation_id, opened_at_ms);
create index handoff_opened on handoff (opened_at_ms);

create table job (
    id text not null,
    kind text not null,
    key text not null,
    conversation_id text,
    payload text not null,
    state text not null,
    run_at_ms bigint not null,
    lease_until_ms bigint,
    lease_owner text,
    attempts bigint not null,
    last_error text,
    created_at_ms bigint not null,
    ended_at_ms bigint,
    constraint job_pk primary key (id),
    constraint job_key_unique unique (key),
    constraint job_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint job_kind_known check (kind in ('turn', 'timer', 'notify', 'summary')),
    constraint job_state_known check (state in ('ready', 'running', 'done', 'dead')),
    constraint job_leased_while_running check (
        (state = 'running') = (lease_owner is not null) and (state = 'running') = (lease_until_ms is not null)
    ),
    constraint job_ended check ((state in ('done', 'dead')) = (ended_at_ms is not null))
);
create index job_ready on job (run_at_ms, id) where state = 'ready';
create index job_running on job (lease_until_ms) where state = 'running';
create index job_done on job (ended_at_ms) where state = 'done';
create index job_dead on job (ended_at_ms) where state = 'dead';

create table notification (
    id text not null,
    seq bigint not null,
    teammate_id text not null,
    event text not null,
    channel text not null,
    key text not null,
    conversation_id text,
    handoff_id text,
    title text not null,
    body text not null,
    created_at_ms bigint not null,
    seen_at_ms bigint,
    constraint notification_pk primary key (id),
    constraint notification_once unique (key, teammate_id, channel),
    constraint notification_teammate_fk foreign key (teammate_id) references teammate (id),
    constraint notification_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint notification_handoff_fk foreign key (handoff_id) references handoff (id),
    constraint notification_event_known check (
        event in (
            'needs_intervention', 'assigned_to_me', 'assigned_away', 'customer_replied', 'not_picked_up',
            'not_picked_up_widened', 'teammate_absent', 'snooze_ended'
        )
    ),
    constraint notification_channel_known check (channel in ('browser', 'email', 'slack', 'webhook'))
);
create index notification_of_teammate on notification (teammate_id, seq);
create index notification_unseen on notification (teammate_id, conversation_id) where seen_at_ms is null;

-- What the team's browsers were told, in the order of commits: stream_head hands out the numbers, and a transaction
-- takes one last, so that a reader who has seen N never finds a smaller one later.
create table stream_head (
    id bigint not null,
    seq bigint not null,
    constraint stream_head_pk primary key (id),
    constraint stream_head_one_row check (id = 1)
);
insert into stream_head (id, seq) values (1, 0);

create table change (
    seq bigint not null,
    conversation_id text not null,
    kind text not null,
    entry_seq bigint,
    at_ms bigint not null,
    constraint change_pk primary key (seq),
    constraint change_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint change_kind_known check (
        kind in (
            'message', 'note', 'turn', 'handoff', 'taken_over', 'handed_to_team', 'assigned', 'returned_to_ai',
            'resolved', 'reopened', 'snoozed', 'priority', 'not_picked_up', 'summary', 'notified'
        )
    )
);

-- The log of what happened to a conversation and what followed: the audit trail and the Lab's replay.
create table event_log (
    conversation_id text not null,
    version bigint not null,
    event text not null,
    effects text not null,
    at_ms bigint not null,
    constraint event_log_pk primary key (conversation_id, version),
    constraint event_log_conversation_fk foreign key (conversation_id) references conversation (id)
);

create table audit (
    id text not null,
    at_ms bigint not null,
    who text,
    what text not null,
    subject text not null,
    detail text not null,
    constraint audit_pk primary key (id),
    constraint audit_who_fk foreign key (who) references teammate (id)
);
create index audit_at on audit (at_ms, id);
