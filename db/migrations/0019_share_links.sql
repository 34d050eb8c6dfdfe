-- A link with which somebody without an account reads a world, or one entry of it and what is in that.
create table share_links (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  -- Null: the whole world.
  entity_id uuid,
  entity_kind entity_kind,
  label text not null default '',
  token_hash bytea not null unique,
  created_by uuid not null references users on delete cascade,
  -- How many may open it; null: any number.
  max_uses integer check (max_uses > 0),
  use_count integer not null default 0 check (use_count <= max_uses),
  created_at timestamptz(3) not null default now(),
  -- Null: never.
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  check ((entity_id is null) = (entity_kind is null)),
  foreign key (entity_id, entity_kind, world_id) references entities (id, kind, world_id) on delete cascade
);
create index share_links_world_id_idx on share_links (world_id, id);
create index share_links_created_by_idx on share_links (created_by);
create index share_links_entity_id_idx on share_links (entity_id) where entity_id is not null;

-- A browser that has opened a share link. Opening it there again is no further use.
create table share_visits (
  id uuid primary key default uuidv7(),
  share_link_id uuid not null references share_links on delete cascade,
  visitor_hash bytea not null,
  -- As the browser names itself, shortened: "Firefox on Windows".
  device text not null,
  opened_at timestamptz(3) not null default now(),
  unique (visitor_hash, share_link_id)
);
create index share_visits_share_link_id_idx on share_visits (share_link_id, id);
