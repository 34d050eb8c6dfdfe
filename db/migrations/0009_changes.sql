-- The change log: one row for each committed change to a world, written in the transaction of the change. docs/changes.md.
create type change_action as enum ('create', 'update', 'delete', 'restore', 'move', 'link', 'unlink', 'import');

-- The position of each world's latest change. A transaction takes the next one under the row's lock, which it keeps until
-- it commits: positions have no gaps, and whoever has read one has read everything before it.
create table change_heads (
  world_id uuid primary key references worlds on delete cascade,
  position bigint not null
) with (fillfactor = 50);

create table changes (
  -- Of change_heads, which a row is always written with: checking a foreign key costs a tenth of a write.
  world_id uuid not null,
  position bigint not null,
  action change_action not null,
  -- The kind of the entry, `world` or `member`.
  subject_kind text not null,
  -- The entry, the world, or the user who is or was a member.
  subject_id uuid not null,
  -- As it was called when it was changed.
  subject_name text not null,
  -- After the change; members have none.
  version integer,
  -- The values that the change replaced, by field: any version can be rebuilt from the current one and these.
  previous jsonb not null default '{}',
  actor_kind text not null,
  actor_id uuid,
  actor_name text,
  api_key_id uuid,
  -- Proposed by the chat, and confirmed by the actor.
  via_chat boolean not null default false,
  request_id text,
  changed_at timestamptz(3) not null default clock_timestamp(),
  primary key (world_id, position, changed_at)
) partition by range (changed_at);
create index changes_subject_idx on changes (subject_id, position);

-- In place of the foreign key's cascade.
create function delete_changes_of_world() returns trigger language plpgsql as $$
begin
  delete from changes where world_id = old.world_id;
  return null;
end
$$;
create trigger change_heads_delete after delete on change_heads
  for each row execute function delete_changes_of_world();

-- Takes what no partition has been made for yet.
create table changes_default partition of changes default;

-- Makes the partition of a month, with what the default partition has of it.
create function ensure_changes_partition(month date) returns void language plpgsql as $$
declare
  first date := date_trunc('month', month);
  next date := first + interval '1 month';
  partition text := 'changes_' || to_char(first, 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(hashtext('ensure_changes_partition'));
  if to_regclass(partition) is not null then
    return;
  end if;
  execute format('create table %I (like changes including all)', partition);
  execute format(
    'with moved as (delete from changes_default where changed_at >= %L and changed_at < %L returning *)
     insert into %I select * from moved', first, next, partition);
  execute format('alter table changes attach partition %I for values from (%L) to (%L)', partition, first, next);
end
$$;
