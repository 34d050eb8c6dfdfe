create type entity_kind as enum (
  'story', 'book', 'act', 'scene', 'persona', 'location', 'thing', 'image'
);
create type story_status as enum ('idea', 'outline', 'draft', 'revision', 'finished');

-- What all eight kinds of a world share. Links, mentions, tags, history, search, trash and live changes
-- refer to this one table; what is a kind's own is in the kind's table, under the same id.
create table entities (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  kind entity_kind not null,
  name text not null,
  display_name text not null,
  description text not null default '',
  body text not null default '',
  owner_id uuid not null references users on delete restrict,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  search tsvector not null generated always as (
    setweight(to_tsvector('simple', name || ' ' || display_name), 'A')
    || setweight(to_tsvector('simple', description), 'B')
    || setweight(to_tsvector('simple', left(body, 200000)), 'C')
  ) stored,
  -- Lets the kinds' tables refer to a row of the right kind and of the same world, and to no other.
  unique (id, kind, world_id)
);
create unique index entities_name_key on entities (world_id, kind, lower(name)) where deleted_at is null;
create index entities_created_at_idx on entities (world_id, kind, created_at, id) where deleted_at is null;
create index entities_updated_at_idx on entities (world_id, kind, updated_at, id) where deleted_at is null;
create index entities_trash_idx on entities (world_id, deleted_at, id) where deleted_at is not null;
create index entities_owner_id_idx on entities (owner_id);
create index entities_search_idx on entities using gin (search);
create trigger entities_touch before update on entities for each row execute function touch_row();

create table stories (
  id uuid primary key,
  kind entity_kind not null default 'story' check (kind = 'story'),
  world_id uuid not null,
  logline text not null default '',
  genre text not null default '',
  status story_status not null default 'idea',
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id)
);

create table books (
  id uuid primary key,
  kind entity_kind not null default 'book' check (kind = 'book'),
  world_id uuid not null,
  isbn text,
  published_on date,
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id)
);

create table locations (
  id uuid primary key,
  kind entity_kind not null default 'location' check (kind = 'location'),
  world_id uuid not null,
  location_kind text not null default '',
  coordinates text not null default '',
  parent_id uuid,
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id),
  foreign key (parent_id, world_id) references locations (id, world_id),
  check (parent_id <> id)
);
create index locations_parent_id_idx on locations (parent_id);

create table personas (
  id uuid primary key,
  kind entity_kind not null default 'persona' check (kind = 'persona'),
  world_id uuid not null,
  epithet text not null default '',
  pronouns text not null default '',
  born text not null default '',
  died text not null default '',
  motivations text not null default '',
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id)
);

create table things (
  id uuid primary key,
  kind entity_kind not null default 'thing' check (kind = 'thing'),
  world_id uuid not null,
  thing_kind text not null default '',
  owner_persona_id uuid,
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id),
  foreign key (owner_persona_id, world_id) references personas (id, world_id)
);
create index things_owner_persona_id_idx on things (owner_persona_id);

create table images (
  id uuid primary key,
  kind entity_kind not null default 'image' check (kind = 'image'),
  world_id uuid not null,
  file_key text,
  media_type text,
  alt_text text not null default '',
  width integer check (width > 0),
  height integer check (height > 0),
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id)
);

-- Positions are fractional-index strings: something is put between two others without touching either.
create table acts (
  id uuid primary key,
  kind entity_kind not null default 'act' check (kind = 'act'),
  world_id uuid not null,
  story_id uuid not null,
  position text collate "C" not null,
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id),
  foreign key (story_id, world_id) references stories (id, world_id),
  unique (story_id, position)
);

create table scenes (
  id uuid primary key,
  kind entity_kind not null default 'scene' check (kind = 'scene'),
  world_id uuid not null,
  act_id uuid not null,
  position text collate "C" not null,
  purpose text not null default '',
  mood text not null default '',
  happens_at text not null default '',
  location_id uuid,
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id),
  foreign key (act_id, world_id) references acts (id, world_id),
  foreign key (location_id, world_id) references locations (id, world_id),
  unique (act_id, position)
);
create index scenes_location_id_idx on scenes (location_id);

create table book_stories (
  book_id uuid not null,
  story_id uuid not null,
  world_id uuid not null,
  position text collate "C" not null,
  primary key (book_id, story_id),
  foreign key (book_id, world_id) references books (id, world_id) on delete cascade,
  foreign key (story_id, world_id) references stories (id, world_id) on delete cascade,
  unique (book_id, position)
);
create index book_stories_story_id_idx on book_stories (story_id);

create table scene_personas (
  scene_id uuid not null,
  persona_id uuid not null,
  world_id uuid not null,
  primary key (scene_id, persona_id),
  foreign key (scene_id, world_id) references scenes (id, world_id) on delete cascade,
  foreign key (persona_id, world_id) references personas (id, world_id) on delete cascade
);
create index scene_personas_persona_id_idx on scene_personas (persona_id);

create table scene_things (
  scene_id uuid not null,
  thing_id uuid not null,
  world_id uuid not null,
  primary key (scene_id, thing_id),
  foreign key (scene_id, world_id) references scenes (id, world_id) on delete cascade,
  foreign key (thing_id, world_id) references things (id, world_id) on delete cascade
);
create index scene_things_thing_id_idx on scene_things (thing_id);
