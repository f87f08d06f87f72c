-- What AI agents know: entries that people write, cut into the passages that answers quote. `knowledge` is an agent's
-- knowledge as a whole: its revision grows with every change, so that a process knows whether what it has read is still
-- so, and writers of the same agent wait for each other on its row.

create table knowledge (
    agent_id text not null,
    revision bigint not null,
    constraint knowledge_pk primary key (agent_id),
    constraint knowledge_agent_fk foreign key (agent_id) references agent (id)
);

-- The body stands last: lists read the columns before it.
create table knowledge_entry (
    id text not null,
    agent_id text not null,
    title text not null,
    version bigint not null,
    chars bigint not null,
    created_at_ms bigint not null,
    created_by text,
    updated_at_ms bigint not null,
    updated_by text,
    body text not null,
    constraint knowledge_entry_pk primary key (id),
    constraint knowledge_entry_agent_fk foreign key (agent_id) references agent (id),
    constraint knowledge_entry_created_by_fk foreign key (created_by) references teammate (id),
    constraint knowledge_entry_updated_by_fk foreign key (updated_by) references teammate (id),
    constraint knowledge_entry_version_positive check (version > 0),
    constraint knowledge_entry_title_length check (length(title) between 1 and 200),
    constraint knowledge_entry_body_length check (length(body) between 1 and 200000)
);
create index knowledge_entry_of_agent on knowledge_entry (agent_id, title);

-- `embedding` is the passage's sentence vector as base64 of 32-bit floats, made by the model that `embedded_by` names.
create table knowledge_passage (
    entry_id text not null,
    ordinal bigint not null,
    heading text not null,
    text text not null,
    embedding text,
    embedded_by text,
    constraint knowledge_passage_pk primary key (entry_id, ordinal),
    constraint knowledge_passage_entry_fk foreign key (entry_id) references knowledge_entry (id),
    constraint knowledge_passage_text_length check (length(text) between 1 and 600),
    constraint knowledge_passage_embedded check ((embedding is null) = (embedded_by is null))
);
create index knowledge_passage_plain on knowledge_passage (entry_id) where embedded_by is null;
