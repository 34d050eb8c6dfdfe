-- A map is an image of the world with markers on it. It can be the map of a location: a marker of that location leads to it.
create table maps (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  name text not null,
  image_id uuid not null,
  location_id uuid,
  -- How many of its units the image is wide, for distances.
  units_across double precision check (units_across > 0),
  unit text not null default '',
  -- [{ id, name, isHidden }]: what markers can be shown and hidden by.
  layers jsonb not null default '[]',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  unique (id, world_id),
  foreign key (image_id, world_id) references images (id, world_id),
  foreign key (location_id, world_id) references locations (id, world_id)
);
create index maps_world_id_idx on maps (world_id) where deleted_at is null;
create index maps_image_id_idx on maps (image_id);
create index maps_location_id_idx on maps (location_id);
create trigger maps_touch before update on maps for each row execute function touch_row();

create table map_markers (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  map_id uuid not null,
  -- What it marks; null for one that only has a label.
  entity_id uuid,
  entity_kind entity_kind,
  label text not null default '',
  shape text not null check (shape in ('pin', 'area')),
  -- [[x, y], …] as fractions of the image, from its upper left: one of a pin, the corners of an area.
  points jsonb not null,
  color text not null default 'red',
  -- Of the layers of the map; null for what is always shown.
  layer_id integer,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  foreign key (map_id, world_id) references maps (id, world_id) on delete cascade,
  foreign key (entity_id, entity_kind, world_id) references entities (id, kind, world_id),
  check ((entity_id is null) = (entity_kind is null))
);
create index map_markers_map_id_idx on map_markers (map_id) where deleted_at is null;
create index map_markers_entity_id_idx on map_markers (entity_id) where entity_id is not null;
create index map_markers_world_id_idx on map_markers (world_id);
create trigger map_markers_touch before update on map_markers for each row execute function touch_row();
