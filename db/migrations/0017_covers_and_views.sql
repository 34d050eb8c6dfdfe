-- An entry can have an image of its world as its cover. Checked at the end of an import, where entries come in any order.
alter table entities
  add column cover_id uuid,
  add column cover_kind entity_kind generated always as (case when cover_id is null then null else 'image'::entity_kind end) stored,
  add constraint entities_cover_fkey foreign key (cover_id, cover_kind, world_id)
    references entities (id, kind, world_id) deferrable initially immediate;
create index entities_cover_id_idx on entities (cover_id) where cover_id is not null;

-- How a person looks at a kind of entry: what is shown, in which order, and of which entries. Shared ones are for everybody who
-- may read the world.
create table views (
  id uuid primary key default uuidv7(),
  world_id uuid not null references worlds on delete cascade,
  kind entity_kind not null,
  owner_id uuid not null references users on delete cascade,
  name text not null,
  is_shared boolean not null default false,
  settings jsonb not null,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index views_name_key on views (world_id, kind, owner_id, lower(name));
create index views_world_id_idx on views (world_id, kind);
create index views_owner_id_idx on views (owner_id);
create trigger views_touch before update on views for each row execute function touch_row();
