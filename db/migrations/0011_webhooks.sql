-- Addresses that are told what happens in a world: docs/changes.md.
create table webhooks (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  -- By whose rights it is decided what is sent.
  owner_id uuid not null references users on delete cascade,
  url text not null,
  description text not null default '',
  -- `*`, `persona.*` or `persona.update`.
  events text[] not null,
  -- Encrypted with a key derived from APP_SECRET.
  secret_jwe text not null,
  is_active boolean not null default true,
  -- Why it is switched off.
  off_because text check (off_because in ('owner', 'failures', 'gone', 'access')),
  -- Of the world's change log, everything up to here has been delivered or passed over.
  position bigint not null,
  -- How often delivering the next change has failed, since when, and when it is tried again.
  failures integer not null default 0,
  failing_since timestamptz(3),
  next_attempt_at timestamptz(3) not null default now(),
  -- The process that delivers has it until then.
  leased_until timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index webhooks_world_idx on webhooks (world_id, id);
create index webhooks_owner_idx on webhooks (owner_id);
create index webhooks_due_idx on webhooks (next_attempt_at) where is_active;

-- Every attempt to deliver. Kept for thirty days.
create table webhook_deliveries (
  id uuid primary key default uuidv7(),
  webhook_id uuid not null references webhooks on delete cascade,
  -- The same for every attempt to deliver the same.
  message_id text not null,
  event text not null,
  payload text not null,
  -- Of the response; null if there was none.
  status integer,
  -- The beginning of the response, or what went wrong.
  response text not null default '',
  milliseconds integer not null,
  at timestamptz(3) not null default clock_timestamp()
);
create index webhook_deliveries_webhook_idx on webhook_deliveries (webhook_id, id);
