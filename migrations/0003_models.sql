-- The model that an admin connects to an AI agent, what its calls cost, and when it did not answer.

-- `key_sealed` is the provider's key, encrypted with the server's secret; `key_for` the address it may be sent to.
-- `test` is what the last test of the connection found out.
create table agent_model (
    agent_id text not null,
    version bigint not null,
    settings text not null,
    key_sealed text,
    key_for text,
    key_saved_at_ms bigint,
    test text,
    updated_at_ms bigint not null,
    updated_by text,
    constraint agent_model_pk primary key (agent_id),
    constraint agent_model_agent_fk foreign key (agent_id) references agent (id),
    constraint agent_model_updated_by_fk foreign key (updated_by) references teammate (id),
    constraint agent_model_version_positive check (version > 0),
    constraint agent_model_key_whole check (
        (key_sealed is null) = (key_for is null) and (key_sealed is null) = (key_saved_at_ms is null)
    )
);

-- `cost` is in billionths of a dollar at the prices of the moment. `failure` is null where the model answered.
create table model_call (
    id text not null,
    agent_id text not null,
    conversation_id text,
    turn_id text,
    purpose text not null,
    model text not null,
    tokens_read bigint not null,
    tokens_written bigint not null,
    cost bigint not null,
    latency_ms bigint not null,
    failure text,
    created_at_ms bigint not null,
    constraint model_call_pk primary key (id),
    constraint model_call_agent_fk foreign key (agent_id) references agent (id),
    constraint model_call_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint model_call_purpose_known check (purpose in ('turn', 'summary', 'try', 'test'))
);
create index model_call_of_agent on model_call (agent_id, created_at_ms);
create index model_call_of_conversation on model_call (conversation_id);

-- While a row has no end, the agent's model is not asked but probed. At most one such row for an agent.
create table model_outage (
    id text not null,
    agent_id text not null,
    -- Where it was noticed.
    conversation_id text,
    error text not null,
    began_at_ms bigint not null,
    ended_at_ms bigint,
    constraint model_outage_pk primary key (id),
    constraint model_outage_agent_fk foreign key (agent_id) references agent (id),
    constraint model_outage_conversation_fk foreign key (conversation_id) references conversation (id)
);
create unique index model_outage_one_open on model_outage (agent_id) where ended_at_ms is null;

-- More events can be told. A check can't be changed in place on both databases, so the table is made anew.
create table notification_anew (
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
    constraint notification_anew_pk primary key (id),
    constraint notification_anew_once unique (key, teammate_id, channel),
    constraint notification_anew_teammate_fk foreign key (teammate_id) references teammate (id),
    constraint notification_anew_conversation_fk foreign key (conversation_id) references conversation (id),
    constraint notification_anew_handoff_fk foreign key (handoff_id) references handoff (id),
    constraint notification_anew_event_known check (
        event in (
            'needs_intervention', 'assigned_to_me', 'assigned_to_team', 'assigned_away', 'customer_replied',
            'mentioned', 'not_picked_up', 'not_picked_up_widened', 'teammate_absent', 'snooze_ended',
            'ai_unavailable', 'ai_available'
        )
    ),
    constraint notification_anew_channel_known check (channel in ('browser', 'email', 'slack', 'webhook'))
);
insert into notification_anew (id, seq, teammate_id, event, channel, key, conversation_id, handoff_id, title, body,
    created_at_ms, seen_at_ms)
select id, seq, teammate_id, event, channel, key, conversation_id, handoff_id, title, body, created_at_ms, seen_at_ms
from notification;
drop table notification;
alter table notification_anew rename to notification;
create index notification_of_teammate on notification (teammate_id, seq);
create index notification_unseen on notification (teammate_id, conversation_id) where seen_at_ms is null;
