-- Indexes on tables that may be large: built while others write (CONTRIBUTING.md, Migrations).
create index concurrently if not exists api_keys_expires_at_idx on api_keys (expires_at) where expires_at is not null;
create index concurrently if not exists images_size_attempts_left_idx on images (id) where size_attempts_left > 0;
-- What in the trash is old, in any world.
create index concurrently if not exists entities_deleted_at_idx on entities (deleted_at) where deleted_at is not null;
create index concurrently if not exists worlds_deleted_at_idx on worlds (deleted_at) where deleted_at is not null;
