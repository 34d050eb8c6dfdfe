-- What went into the trash with something else comes back with it, and is not listed there by itself.
alter table entities add column deleted_with uuid references entities on delete cascade;
create index entities_deleted_with_idx on entities (deleted_with) where deleted_with is not null;
create index entities_changed_idx on entities (world_id, updated_at, id) where deleted_at is null;

-- What lies in what: going into the trash takes along what is below.
create view entity_parents as
  select id, story_id as parent_id from acts
  union all
  select id, act_id from scenes
  union all
  select id, parent_id from locations where parent_id is not null;

-- Checked at the end of a statement, so that one statement can space them out again.
alter table acts
  drop constraint acts_story_id_position_key,
  add constraint acts_story_id_position_key unique (story_id, position) deferrable;
alter table scenes
  drop constraint scenes_act_id_position_key,
  add constraint scenes_act_id_position_key unique (act_id, position) deferrable;
alter table book_stories
  drop constraint book_stories_book_id_position_key,
  add constraint book_stories_book_id_position_key unique (book_id, position) deferrable;

alter table images
  add column byte_size integer check (byte_size > 0),
  -- SHA-256 of the file as it is stored, in hex
  add column checksum text;
create unique index images_file_key_key on images (file_key);

-- An invitation is taken with a link. That sent by mail is for one address and used once.
create table invitations (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  role world_role not null check (role <> 'owner'),
  email text,
  token_hash bytea not null unique,
  invited_by uuid not null references users on delete cascade,
  max_uses integer not null default 1 check (max_uses > 0),
  use_count integer not null default 0 check (use_count <= max_uses),
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  check (email is null or max_uses = 1)
);
create index invitations_world_id_idx on invitations (world_id, id);
create index invitations_invited_by_idx on invitations (invited_by);

-- A key with rows here reaches these worlds and nothing in any other.
create table api_key_worlds (
  api_key_id uuid not null references api_keys on delete cascade,
  world_id uuid not null references worlds on delete cascade,
  primary key (api_key_id, world_id)
);
create index api_key_worlds_world_id_idx on api_key_worlds (world_id);
-- A key whose last world is gone must not reach all of them from then on.
alter table api_keys add column is_limited_to_worlds boolean not null default false;
create trigger api_key_worlds_notify after insert or update or delete on api_key_worlds
  for each row execute function notify_principal_changed();
create or replace function notify_principal_changed() returns trigger
  language plpgsql as $$
begin
  case tg_table_name
    when 'sessions' then
      perform pg_notify('principal_changed', 's:' || coalesce(encode(old.token_hash, 'hex'), '') || ':' || old.id);
    when 'users' then perform pg_notify('principal_changed', 'u:' || old.id);
    when 'user_roles', 'api_keys' then
      perform pg_notify('principal_changed', 'u:' || coalesce(new.user_id, old.user_id));
    when 'api_key_roles', 'api_key_permissions', 'api_key_worlds' then
      perform pg_notify('principal_changed', 'u:' || user_id)
      from api_keys where id = coalesce(new.api_key_id, old.api_key_id);
    when 'signing_keys' then perform pg_notify('principal_changed', 'j');
    else perform pg_notify('principal_changed', '*');
  end case;
  return null;
end
$$;

-- The answers to creations that were sent with a key, so that sending one again makes nothing twice.
create table idempotency_keys (
  user_id uuid not null references users on delete cascade,
  key text not null,
  -- SHA-256 of procedure and input
  request_hash bytea not null,
  -- As it was sent: jsonb would put its fields into another order.
  answer json,
  created_at timestamptz(3) not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);

insert into permissions (name, description, is_seeded) values
  ('entity:read', 'Read what is in worlds: stories, personas, places and the rest', true),
  ('entity:create', 'Add to worlds one may edit', true),
  ('entity:update', 'Change what is in worlds one may edit', true),
  ('entity:delete', 'Delete and restore what is in worlds one may edit', true),
  ('member:read', 'See who shares a world', true),
  ('member:update', 'Invite to worlds, change and remove members', true),
  ('user:create', 'Make accounts for other people', true),
  ('user:delete', 'Delete accounts', true);

insert into role_permissions (role_id, permission_id)
select roles.id, permissions.id
from roles cross join permissions
where (roles.name = 'user' and permissions.name ~ '^(entity|member):')
  or (roles.name = 'viewer' and permissions.name in ('entity:read', 'member:read'))
on conflict do nothing;
