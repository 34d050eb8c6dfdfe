create type message_role as enum ('user', 'assistant');
create type message_status as enum ('streaming', 'complete', 'stopped', 'failed');
create type title_source as enum ('words', 'model', 'person');
create type proposal_status as enum ('pending', 'confirmed', 'dismissed');

-- What somebody talks about with a model; where it is about a world, the model can read in it.
create table conversations (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users on delete cascade,
  world_id uuid references worlds on delete cascade,
  title text not null default '',
  title_by title_source not null default 'words',
  -- The last message of the branch that is shown.
  head_id uuid,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
create index conversations_updated_at_idx on conversations (user_id, updated_at, id) where deleted_at is null;
create index conversations_world_id_idx on conversations (world_id);
create index conversations_deleted_at_idx on conversations (deleted_at) where deleted_at is not null;

-- A tree: a message that was edited and an answer that was tried again stand beside what they replace.
create table messages (
  id uuid primary key default uuidv7(),
  conversation_id uuid not null references conversations on delete cascade,
  parent_id uuid,
  role message_role not null,
  status message_status not null default 'complete',
  -- As they came: jsonb would put the fields of tool calls into another order.
  parts json not null default '[]',
  -- How many events the answer is made of so far.
  seq integer not null default 0,
  failure text,
  model text,
  finish_reason text,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  -- Whether the endpoint did not say how many, so that they were estimated.
  tokens_estimated boolean not null default false,
  -- How many messages before were left out of what the model was told.
  omitted integer not null default 0,
  created_at timestamptz(3) not null default now(),
  -- The last sign of life of the process that writes the answer.
  beat_at timestamptz(3) not null default now(),
  finished_at timestamptz(3),
  unique (id, conversation_id),
  foreign key (parent_id, conversation_id) references messages (id, conversation_id) on delete cascade
);
create index messages_conversation_id_idx on messages (conversation_id, id);
create index messages_parent_id_idx on messages (parent_id);
-- One answer at a time.
create unique index messages_streaming_key on messages (conversation_id) where status = 'streaming';

alter table conversations
  add foreign key (head_id, id) references messages (id, conversation_id) deferrable initially deferred;
create index conversations_head_id_idx on conversations (head_id);

-- What a model would write into a world, if the person confirms it.
create table proposals (
  id uuid primary key default uuidv7(),
  conversation_id uuid not null references conversations on delete cascade,
  message_id uuid not null,
  kind entity_kind not null,
  -- What would be changed, and from which version on; or what was made.
  entity_id uuid references entities on delete set null,
  version integer,
  fields json not null,
  is_update boolean not null,
  status proposal_status not null default 'pending',
  created_at timestamptz(3) not null default now(),
  decided_at timestamptz(3),
  foreign key (message_id, conversation_id) references messages (id, conversation_id) on delete cascade
);
create index proposals_conversation_id_idx on proposals (conversation_id, id);
create index proposals_message_id_idx on proposals (message_id);
create index proposals_entity_id_idx on proposals (entity_id);

-- How much of a model somebody used on a day (UTC): limits go by it, and it stays when conversations go.
create table chat_usage (
  user_id uuid not null references users on delete cascade,
  day date not null,
  requests integer not null default 0,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  primary key (user_id, day)
);

insert into permissions (name, description, is_seeded) values
  ('chat:use', 'Talk to a model about one''s worlds', true);
insert into role_permissions (role_id, permission_id)
select roles.id, permissions.id
from roles cross join permissions
where roles.name = 'user' and permissions.name = 'chat:use'
on conflict do nothing;
