-- How many words a scene had at the end of each day (UTC) on which that changed: none once it is in the trash.
create table word_counts (
  scene_id uuid not null references entities on delete cascade,
  day date not null,
  world_id uuid not null references worlds on delete cascade,
  words integer not null,
  primary key (scene_id, day)
);
create index word_counts_world_id_idx on word_counts (world_id);

create function count_words() returns trigger language plpgsql as $$
declare
  counted integer := case when new.deleted_at is null then regexp_count(new.body, '\S+') else 0 end;
begin
  if tg_op = 'INSERT' and counted = 0 then
    return null;
  end if;
  insert into word_counts (scene_id, day, world_id, words)
  values (new.id, (now() at time zone 'utc')::date, new.world_id, counted)
  on conflict (scene_id, day) do update set words = excluded.words where word_counts.words <> excluded.words;
  return null;
end
$$;
create trigger entities_count_words after insert or update of body, deleted_at on entities
  for each row when (new.kind = 'scene') execute function count_words();

-- What was written before is counted on the day that it was changed last.
insert into word_counts (scene_id, day, world_id, words)
select id, (updated_at at time zone 'utc')::date, world_id, regexp_count(body, '\S+')
from entities where kind = 'scene' and deleted_at is null and body <> '';

create index entities_empty_idx on entities (world_id, created_at, id)
  where description = '' and body = '' and deleted_at is null and not is_placeholder and kind <> 'image';
