-- What somebody may see of worlds has changed: what is read from a replica must not be older than that (apps/server/src/readReplicas.ts).
create function notify_access_changed() returns trigger
  language plpgsql as $$
begin
  perform pg_notify('access_changed', '');
  return null;
end
$$;

create trigger world_members_notify_access after update or delete on world_members
  for each statement execute function notify_access_changed();
-- Whoever makes a world reads what they have written anyway.
create trigger world_members_notify_access_given after insert on world_members
  for each row when (new.role <> 'owner') execute function notify_access_changed();

create trigger worlds_notify_access after update of visibility, owner_id, deleted_at, is_erased on worlds
  for each row when (
    old.visibility <> new.visibility or old.owner_id <> new.owner_id
    or old.deleted_at is distinct from new.deleted_at or old.is_erased <> new.is_erased
  ) execute function notify_access_changed();
