create type world_visibility as enum ('private', 'unlisted', 'public');
create type world_role as enum ('viewer', 'editor', 'owner');

create table worlds (
  id uuid primary key default uuidv7(),
  owner_id uuid not null references users on delete restrict,
  name text not null,
  display_name text not null,
  description text not null default '',
  body text not null default '',
  visibility world_visibility not null default 'private',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
-- The name of what is in the trash may be taken again; restoring then names the conflict.
create unique index worlds_name_key on worlds (owner_id, lower(name)) where deleted_at is null;
create trigger worlds_touch before update on worlds for each row execute function touch_row();

create table world_members (
  world_id uuid not null references worlds on delete cascade,
  user_id uuid not null references users on delete cascade,
  role world_role not null,
  created_at timestamptz(3) not null default now(),
  primary key (world_id, user_id)
);
create index world_members_user_id_idx on world_members (user_id, world_id);
