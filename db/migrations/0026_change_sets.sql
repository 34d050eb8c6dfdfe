-- Changes to a world that somebody proposes, or a program on their behalf, and a person confirms.
create table change_sets (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  title text not null,
  -- As they were proposed, in the order in which they are to be made (`changeSetCreateInput` in packages/schema).
  changes json not null,
  proposed_by uuid not null references users on delete cascade,
  -- Null: without an API key, or the key is gone.
  api_key_id uuid references api_keys on delete set null,
  api_key_name text,
  status proposal_status not null default 'pending',
  created_at timestamptz(3) not null default now(),
  decided_at timestamptz(3),
  decided_by uuid references users on delete set null,
  -- What it was compared with when it was decided, as the person saw it.
  decided_on json,
  -- The request that wrote it, by which the change log knows it.
  request_id text,
  check ((status = 'pending') = (decided_at is null))
);
create index change_sets_world_id_idx on change_sets (world_id, id);
create index change_sets_pending_idx on change_sets (world_id, proposed_by) where status = 'pending';
create index change_sets_proposed_by_idx on change_sets (proposed_by);
create index change_sets_api_key_id_idx on change_sets (api_key_id) where api_key_id is not null;
create index change_sets_decided_by_idx on change_sets (decided_by) where decided_by is not null;

insert into permissions (name, description, is_seeded) values
  ('entity:propose', 'Propose changes to entries, for a person to confirm', true);
insert into role_permissions (role_id, permission_id)
select roles.id, permissions.id
from roles cross join permissions
where roles.name = 'user' and permissions.name = 'entity:propose'
on conflict do nothing;
