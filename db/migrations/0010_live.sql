-- Who has which world open, by tab or program. Lost in a crash, as everybody reports again within seconds.
create unlogged table presences (
  client_id uuid primary key,
  world_id uuid not null references worlds on delete cascade,
  user_id uuid not null references users on delete cascade,
  -- The entry that is open, and the field of it that is being edited.
  subject_id uuid,
  field text,
  seen_at timestamptz(3) not null default clock_timestamp()
);
create index presences_world_idx on presences (world_id);
create index presences_user_idx on presences (user_id);
