-- Entries that a person keeps at hand in a world. They are that person's alone, so neither in the log nor in archives.
create table pins (
  user_id uuid not null references users on delete cascade,
  entity_id uuid not null references entities on delete cascade,
  world_id uuid not null references worlds on delete cascade,
  created_at timestamptz(3) not null default now(),
  primary key (user_id, entity_id)
);
create index pins_world_idx on pins (user_id, world_id, created_at);
create index pins_entity_id_idx on pins (entity_id);
create index pins_world_id_idx on pins (world_id);
