-- World time: dates are stored as they are written in the calendar of their world, and beside that as day numbers.
alter table worlds add column calendar jsonb;

alter table scenes add column happens_on text;
alter table personas add column born_on text, add column died_on text;
alter table things add column made_on text, add column lost_on text;
alter table locations add column founded_on text, add column ruined_on text;
-- The dates of a world, wherever they are: few of its entries have any.
create index scenes_happens_on_idx on scenes (world_id) where happens_on is not null;
create index personas_born_on_idx on personas (world_id) where born_on is not null;
create index personas_died_on_idx on personas (world_id) where died_on is not null;
create index things_made_on_idx on things (world_id) where made_on is not null;
create index things_lost_on_idx on things (world_id) where lost_on is not null;
create index locations_founded_on_idx on locations (world_id) where founded_on is not null;
create index locations_ruined_on_idx on locations (world_id) where ruined_on is not null;

-- Each date as the days from the first to before the last. Written in the transaction of the change, and anew when the
-- calendar changes.
create table world_dates (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  entity_id uuid references entities on delete cascade,
  kind entity_kind,
  link_id uuid references links on delete cascade,
  field text not null,
  -- Whether something begins, ends, or happens then.
  marks text not null check (marks in ('begin', 'end', 'moment')),
  begins double precision not null,
  ends double precision not null check (ends > begins),
  check ((entity_id is null) <> (link_id is null)),
  unique nulls not distinct (entity_id, link_id, field)
);
create index world_dates_begins_idx on world_dates (world_id, begins, id);
create index world_dates_link_id_idx on world_dates (link_id) where link_id is not null;

-- Contradictions that somebody has looked at and left: what they rest on, so that they come back when that changes.
create table continuity_dismissals (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  finding text not null,
  basis text not null,
  reason text not null,
  user_id uuid references users on delete set null,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
create unique index continuity_dismissals_finding_key on continuity_dismissals (world_id, finding) where deleted_at is null;
create index continuity_dismissals_user_id_idx on continuity_dismissals (user_id);
create trigger continuity_dismissals_touch before update on continuity_dismissals
  for each row execute function touch_row();

-- A conversation can be held at the moment of a scene: what is only known later never reaches the model.
alter table conversations add column at_scene_id uuid references entities on delete cascade;
create index conversations_at_scene_id_idx on conversations (at_scene_id) where at_scene_id is not null;
