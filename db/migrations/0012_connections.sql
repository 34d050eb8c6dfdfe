-- Tags, links and mentions. What is deleted keeps its row, so that undoing brings back the same.
create table tags (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  name text not null,
  color text not null default 'gray',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  unique (id, world_id)
);
create unique index tags_name_key on tags (world_id, lower(name)) where deleted_at is null;
create index tags_world_id_idx on tags (world_id);
create trigger tags_touch before update on tags for each row execute function touch_row();

create table entity_tags (
  entity_id uuid not null,
  kind entity_kind not null,
  world_id uuid not null,
  tag_id uuid not null,
  primary key (entity_id, tag_id),
  foreign key (entity_id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  foreign key (tag_id, world_id) references tags (id, world_id) on delete cascade
);
create index entity_tags_tag_id_idx on entity_tags (tag_id, entity_id);

create table link_kinds (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  -- As it reads from the first entry to the second, and back: "mother of", "child of".
  name text not null,
  inverse_name text not null,
  is_symmetric boolean not null,
  -- Empty: any kind.
  from_kinds entity_kind[] not null default '{}',
  to_kinds entity_kind[] not null default '{}',
  cardinality text not null default 'manyToMany'
    check (cardinality in ('manyToMany', 'oneToMany', 'manyToOne', 'oneToOne')),
  is_acyclic boolean not null default false,
  -- What the rules of continuity and the family tree take it for.
  meaning text check (meaning in ('parent', 'ownership')),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  unique (id, world_id),
  check (not is_symmetric or (inverse_name = name and from_kinds = to_kinds and not is_acyclic and meaning is null))
);
create unique index link_kinds_name_key on link_kinds (world_id, lower(name)) where deleted_at is null;
create index link_kinds_world_id_idx on link_kinds (world_id);
create trigger link_kinds_touch before update on link_kinds for each row execute function touch_row();

create table links (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  link_kind_id uuid not null,
  -- Of a symmetric kind, the lower id comes first.
  from_id uuid not null,
  from_kind entity_kind not null,
  to_id uuid not null,
  to_kind entity_kind not null,
  note text not null default '',
  -- World dates.
  began_on text,
  ended_on text,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  foreign key (link_kind_id, world_id) references link_kinds (id, world_id),
  foreign key (from_id, from_kind, world_id) references entities (id, kind, world_id) on delete cascade,
  foreign key (to_id, to_kind, world_id) references entities (id, kind, world_id) on delete cascade,
  check (from_id <> to_id)
);
create unique index links_ends_key on links (link_kind_id, from_id, to_id, coalesce(began_on, '')) where deleted_at is null;
create index links_from_id_idx on links (from_id) where deleted_at is null;
create index links_to_id_idx on links (to_id) where deleted_at is null;
create index links_world_id_idx on links (world_id, id);
create trigger links_touch before update on links for each row execute function touch_row();

-- Which text mentions which entry, read from the texts in the transaction that writes them.
create table mentions (
  world_id uuid not null references worlds on delete cascade,
  -- Null: a text of the world itself.
  from_id uuid,
  from_kind entity_kind,
  field text not null,
  to_id uuid not null,
  to_kind entity_kind not null,
  -- The first sentence that mentions it, and how often the text does.
  sentence text not null,
  count integer not null check (count > 0),
  unique nulls not distinct (from_id, field, to_id, world_id),
  foreign key (from_id, from_kind, world_id) references entities (id, kind, world_id) on delete cascade,
  foreign key (to_id, to_kind, world_id) references entities (id, kind, world_id) on delete cascade
);
create index mentions_to_id_idx on mentions (to_id);
create index mentions_world_id_idx on mentions (world_id) where from_id is null;

alter table entities
  -- Created because a text mentions it; somebody is still to fill it in.
  add column is_placeholder boolean not null default false,
  -- By field, or `entry` for all of it: the scene until which it is not to be known.
  add column spoilers jsonb not null default '{}';
create index entities_placeholders_idx on entities (world_id, id) where is_placeholder and deleted_at is null;
create index entities_spoilers_idx on entities (world_id) where spoilers <> '{}';

-- Everything that connects two entries: what the model has, links and mentions.
create view entity_edges as
  select world_id, from_id, to_id, 'link' as source, id as link_id, link_kind_id, null as structure
  from links where deleted_at is null
  union all
  select world_id, from_id, to_id, 'mention', null, null, null from mentions where from_id is not null
  union all
  select world_id, story_id, id, 'structure', null, null, 'act' from acts
  union all
  select world_id, act_id, id, 'structure', null, null, 'scene' from scenes
  union all
  select world_id, id, location_id, 'structure', null, null, 'place' from scenes where location_id is not null
  union all
  select world_id, scene_id, persona_id, 'structure', null, null, 'cast' from scene_personas
  union all
  select world_id, scene_id, thing_id, 'structure', null, null, 'thing' from scene_things
  union all
  select world_id, owner_persona_id, id, 'structure', null, null, 'owner' from things where owner_persona_id is not null
  union all
  select world_id, parent_id, id, 'structure', null, null, 'location' from locations where parent_id is not null
  union all
  select world_id, book_id, story_id, 'structure', null, null, 'story' from book_stories;

-- How many edges an entry has, to show the most connected first. Writers only add to the changes, so that they do not wait
-- for each other; these are summed up every few seconds.
create table entity_degrees (
  entity_id uuid primary key references entities on delete cascade,
  world_id uuid not null,
  degree integer not null
);
create index entity_degrees_degree_idx on entity_degrees (world_id, degree desc, entity_id);
create table degree_changes (
  entity_id uuid not null,
  world_id uuid not null,
  change integer not null
);

-- After a statement on a table of edges: its arguments are the columns of the two ends.
create function count_edges() returns trigger language plpgsql as $$
declare
  ends text := format('lateral (values (%1$I), (%2$I)) as ends (entity_id)', tg_argv[0], tg_argv[1]);
  filled text := format('%1$I is not null and %2$I is not null', tg_argv[0], tg_argv[1]);
  added text := format('select ends.entity_id, world_id, 1 as change from new_edges, %s where %s', ends, filled);
  removed text := format('select ends.entity_id, world_id, -1 as change from old_edges, %s where %s', ends, filled);
begin
  execute 'insert into degree_changes (entity_id, world_id, change)
    select entity_id, world_id, sum(change) from (' ||
    case tg_op when 'INSERT' then added when 'DELETE' then removed else added || ' union all ' || removed end ||
    ') as changes group by entity_id, world_id having sum(change) <> 0';
  return null;
end
$$;

create function sum_degrees(most integer) returns integer language plpgsql as $$
declare
  summed integer;
begin
  with taken as (
    delete from degree_changes where ctid = any (array(
      select ctid from degree_changes limit most for update skip locked
    ))
    returning *
  ), total as (
    select entity_id, world_id, sum(change)::integer as change, count(*) as rows from taken group by entity_id, world_id
  ), written as (
    insert into entity_degrees (entity_id, world_id, degree)
    select total.entity_id, total.world_id, total.change
    from total join entities on entities.id = total.entity_id
    order by total.entity_id
    on conflict (entity_id) do update set degree = entity_degrees.degree + excluded.degree
  )
  select coalesce(sum(rows), 0) into summed from total;
  return summed;
end
$$;

do $$
declare
  edges record;
begin
  for edges in
    select * from (values
      ('links', 'from_id', 'to_id'), ('mentions', 'from_id', 'to_id'), ('scene_personas', 'scene_id', 'persona_id'),
      ('scene_things', 'scene_id', 'thing_id'), ('book_stories', 'book_id', 'story_id'), ('acts', 'story_id', 'id'),
      ('locations', 'parent_id', 'id'), ('things', 'owner_persona_id', 'id')
    ) as tables (name, one, other)
  loop
    execute format('create trigger %1$s_count_inserted after insert on %1$I referencing new table as new_edges
      for each statement execute function count_edges(%2$L, %3$L)', edges.name, edges.one, edges.other);
    execute format('create trigger %1$s_count_updated after update on %1$I referencing old table as old_edges new table as new_edges
      for each statement execute function count_edges(%2$L, %3$L)', edges.name, edges.one, edges.other);
    execute format('create trigger %1$s_count_deleted after delete on %1$I referencing old table as old_edges
      for each statement execute function count_edges(%2$L, %3$L)', edges.name, edges.one, edges.other);
  end loop;
end
$$;

-- A scene has two edges of its own: to its act and to its place. Links that go to the trash stay counted until they are purged.
create trigger scenes_count_inserted after insert on scenes referencing new table as new_edges
  for each statement execute function count_edges('act_id', 'id');
create trigger scenes_count_updated after update on scenes referencing old table as old_edges new table as new_edges
  for each statement execute function count_edges('act_id', 'id');
create trigger scenes_count_deleted after delete on scenes referencing old table as old_edges
  for each statement execute function count_edges('act_id', 'id');
create trigger scenes_count_inserted_places after insert on scenes referencing new table as new_edges
  for each statement execute function count_edges('location_id', 'id');
create trigger scenes_count_updated_places after update on scenes referencing old table as old_edges new table as new_edges
  for each statement execute function count_edges('location_id', 'id');
create trigger scenes_count_deleted_places after delete on scenes referencing old table as old_edges
  for each statement execute function count_edges('location_id', 'id');

insert into entity_degrees (entity_id, world_id, degree)
select entity_id, min(world_id::text)::uuid, count(*) from (
  select from_id as entity_id, world_id from entity_edges union all select to_id, world_id from entity_edges
) as ends group by entity_id;

-- Worlds from before get the kinds of links that new worlds begin with.
insert into link_kinds (
  world_id, name, inverse_name, is_symmetric, from_kinds, to_kinds, cardinality, is_acyclic, meaning
)
select worlds.id, usual.name, coalesce(usual.inverse_name, usual.name), usual.inverse_name is null,
  usual.from_kinds::entity_kind[], usual.to_kinds::entity_kind[], usual.cardinality, usual.is_acyclic, usual.meaning
from worlds, (values
  ('mother of', 'child of (mother)', '{persona}', '{persona}', 'oneToMany', true, 'parent'),
  ('father of', 'child of (father)', '{persona}', '{persona}', 'oneToMany', true, 'parent'),
  ('sibling of', null, '{persona}', '{persona}', 'manyToMany', false, null),
  ('married to', null, '{persona}', '{persona}', 'manyToMany', false, null),
  ('friend of', null, '{persona}', '{persona}', 'manyToMany', false, null),
  ('enemy of', null, '{persona}', '{persona}', 'manyToMany', false, null),
  ('loves', 'loved by', '{persona}', '{persona}', 'manyToMany', false, null),
  ('teacher of', 'student of', '{persona}', '{persona}', 'manyToMany', false, null),
  ('serves', 'served by', '{persona}', '{persona}', 'manyToMany', false, null),
  ('owes a debt to', 'owed a debt by', '{persona}', '{persona}', 'manyToMany', false, null),
  ('lives in', 'home of', '{persona}', '{location}', 'manyToMany', false, null),
  ('rules', 'ruled by', '{persona}', '{location}', 'manyToMany', false, null),
  ('owns', 'owned by', '{persona}', '{thing,location}', 'manyToMany', false, 'ownership'),
  ('made', 'made by', '{persona}', '{thing}', 'manyToMany', false, null),
  ('pictured in', 'picture of', '{}', '{image}', 'manyToMany', false, null),
  ('causes', 'caused by', '{scene}', '{scene}', 'manyToMany', true, null)
) as usual (name, inverse_name, from_kinds, to_kinds, cardinality, is_acyclic, meaning);
