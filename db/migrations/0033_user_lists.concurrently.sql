-- The list of all people, in each of its orders, and its search.
create index concurrently if not exists users_created_at_idx on users (created_at, id);
create index concurrently if not exists users_display_name_idx on users (lower(display_name), id);
create index concurrently if not exists users_email_order_idx on users (lower(coalesce(email, '')), id);
create index concurrently if not exists users_display_name_letters_idx on users using gin (lower(display_name) gin_trgm_ops);
create index concurrently if not exists users_email_letters_idx on users using gin (lower(email) gin_trgm_ops);
