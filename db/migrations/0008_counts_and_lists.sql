-- How many entries of each kind a world has, kept by triggers: counting a million takes longer than a page may.
create table entity_counts (
  world_id uuid not null references worlds on delete cascade,
  kind entity_kind not null,
  count integer not null,
  primary key (world_id, kind)
);

-- Once per statement, in the order of the key, so that two statements do not wait for each other in a circle.
create function count_entities() returns trigger language plpgsql as $$
begin
  insert into entity_counts (world_id, kind, count)
  select world_id, kind, sum(change) from (
    select world_id, kind, -1 as change from old_entities where deleted_at is null
    union all
    select world_id, kind, 1 from new_entities where deleted_at is null
  ) as changes
  group by world_id, kind
  having sum(change) <> 0
  order by world_id, kind
  on conflict (world_id, kind) do update set count = entity_counts.count + excluded.count;
  return null;
end
$$;
create function count_new_entities() returns trigger language plpgsql as $$
begin
  insert into entity_counts (world_id, kind, count)
  select world_id, kind, count(*) from new_entities where deleted_at is null
  group by world_id, kind
  order by world_id, kind
  on conflict (world_id, kind) do update set count = entity_counts.count + excluded.count;
  return null;
end
$$;
create function count_removed_entities() returns trigger language plpgsql as $$
begin
  -- A world that is deleted takes its counts along.
  update entity_counts set count = entity_counts.count - removed.count
  from (
    select world_id, kind, count(*) as count from old_entities where deleted_at is null
    group by world_id, kind
    order by world_id, kind
  ) as removed
  where entity_counts.world_id = removed.world_id and entity_counts.kind = removed.kind;
  return null;
end
$$;
create trigger entities_count_inserted after insert on entities
  referencing new table as new_entities for each statement execute function count_new_entities();
create trigger entities_count_updated after update on entities
  referencing old table as old_entities new table as new_entities for each statement execute function count_entities();
create trigger entities_count_deleted after delete on entities
  referencing old table as old_entities for each statement execute function count_removed_entities();

insert into entity_counts (world_id, kind, count)
select world_id, kind, count(*) from entities where deleted_at is null group by world_id, kind;

-- What a list of worlds is ordered by, beside who is a member: one index then answers a page in any order, however many
-- worlds somebody is a member of.
alter table world_members
  add column world_created_at timestamptz(3) not null default now(),
  add column world_updated_at timestamptz(3) not null default now(),
  add column world_name text not null default '',
  add column world_deleted_at timestamptz(3);

drop trigger world_members_keep_owner on world_members;
update world_members set world_created_at = worlds.created_at, world_updated_at = worlds.updated_at,
  world_name = lower(worlds.name), world_deleted_at = worlds.deleted_at
from worlds where worlds.id = world_members.world_id;
create trigger world_members_keep_owner after delete or update of role on world_members
  for each row when (old.role = 'owner') execute function keep_an_owner();

create function copy_world_to_member() returns trigger language plpgsql as $$
begin
  select created_at, updated_at, lower(name), deleted_at
  into new.world_created_at, new.world_updated_at, new.world_name, new.world_deleted_at
  from worlds where id = new.world_id;
  return new;
end
$$;
create trigger world_members_copy_world before insert on world_members
  for each row execute function copy_world_to_member();

create function copy_world_to_members() returns trigger language plpgsql as $$
begin
  update world_members set world_updated_at = new.updated_at, world_name = lower(new.name), world_deleted_at = new.deleted_at
  where world_id = new.id;
  return null;
end
$$;
create trigger worlds_copy_to_members after update on worlds
  for each row when (
    old.updated_at is distinct from new.updated_at or old.name is distinct from new.name
    or old.deleted_at is distinct from new.deleted_at
  ) execute function copy_world_to_members();

create index world_members_updated_at_idx on world_members (user_id, world_updated_at, world_id) where world_deleted_at is null;
create index world_members_created_at_idx on world_members (user_id, world_created_at, world_id) where world_deleted_at is null;
create index world_members_name_idx on world_members (user_id, world_name, world_id) where world_deleted_at is null;
