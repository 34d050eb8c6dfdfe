-- Ids in order of creation. Built in from PostgreSQL 18; defined here for 15 to 17.
do $$
begin
  if to_regprocedure('pg_catalog.uuidv7()') is null then
    create function public.uuidv7() returns uuid
      language sql volatile parallel safe
      return encode(
        set_bit(
          set_bit(
            overlay(
              uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6
            ),
            52, 1
          ),
          53, 1
        ),
        'hex'
      )::uuid;
  end if;
end
$$;

-- `version` counts the changes of a row; an update against an old one is refused (optimistic concurrency).
create function touch_row() returns trigger
  language plpgsql as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

-- Milliseconds throughout: what a JavaScript Date holds, so that a cursor made of one loses nothing.
create table users (
  id uuid primary key default uuidv7(),
  email text,
  email_verified boolean not null default false,
  first_name text,
  last_name text,
  display_name text not null,
  is_active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
-- Anybody may claim an address; only one person can have proved it.
create unique index users_email_key on users (lower(email)) where email_verified;
create trigger users_touch before update on users for each row execute function touch_row();

create table oauth_accounts (
  provider text not null,
  subject text not null,
  user_id uuid not null references users on delete cascade,
  email text,
  email_verified boolean not null default false,
  created_at timestamptz(3) not null default now(),
  last_sign_in_at timestamptz(3) not null default now(),
  primary key (provider, subject)
);
create index oauth_accounts_user_id_idx on oauth_accounts (user_id);

-- A sign-in on its way to a provider and back. Deleted by the callback that uses it.
create table oauth_attempts (
  state_hash bytea primary key,
  browser_hash bytea not null,
  provider text not null,
  code_verifier text not null,
  nonce text not null,
  redirect text not null,
  expires_at timestamptz(3) not null
);
create index oauth_attempts_expires_at_idx on oauth_attempts (expires_at);

create table sessions (
  id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  user_id uuid not null references users on delete cascade,
  provider text not null,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  idle_expires_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index sessions_user_id_idx on sessions (user_id);
create index sessions_expires_at_idx on sessions (least(idle_expires_at, expires_at));

create table roles (
  id uuid primary key default uuidv7(),
  name text not null unique check (name ~ '^[a-z][a-z0-9-]{0,63}$'),
  description text not null default '',
  created_at timestamptz(3) not null default now()
);

create table permissions (
  id uuid primary key default uuidv7(),
  name text not null unique check (name ~ '^[a-z][A-Za-z]*:[a-z][A-Za-z]*$'),
  description text not null default ''
);

create table role_permissions (
  role_id uuid not null references roles on delete cascade,
  permission_id uuid not null references permissions on delete cascade,
  primary key (role_id, permission_id)
);
create index role_permissions_permission_id_idx on role_permissions (permission_id);

create table user_roles (
  user_id uuid not null references users on delete cascade,
  role_id uuid not null references roles on delete restrict,
  created_at timestamptz(3) not null default now(),
  primary key (user_id, role_id)
);
create index user_roles_role_id_idx on user_roles (role_id);

insert into roles (name, description) values
  ('admin', 'May do everything, and decides who may do what'),
  ('user', 'Builds worlds'),
  ('viewer', 'Reads the worlds shared with them');

insert into permissions (name, description) values
  ('profile:read', 'See one''s own profile'),
  ('profile:update', 'Change one''s own profile'),
  ('session:read', 'See one''s own devices'),
  ('session:delete', 'Sign out one''s own devices'),
  ('world:read', 'Read the worlds one is a member of, and public ones'),
  ('world:create', 'Make new worlds'),
  ('world:update', 'Change worlds one may edit'),
  ('world:delete', 'Delete and restore one''s own worlds');

insert into role_permissions (role_id, permission_id)
select roles.id, permissions.id
from roles cross join permissions
where roles.name in ('admin', 'user')
   or permissions.name in ('profile:read', 'profile:update', 'session:read', 'session:delete', 'world:read');

-- Whatever changes what a principal may do is told to every server process, by whichever path it came.
-- Payload: s:<hex of the token hash> for a session, u:<user id> for a user, * for everybody.
create function notify_principal_changed() returns trigger
  language plpgsql as $$
begin
  case tg_table_name
    when 'sessions' then perform pg_notify('principal_changed', 's:' || encode(old.token_hash, 'hex'));
    when 'users' then perform pg_notify('principal_changed', 'u:' || old.id);
    when 'user_roles' then perform pg_notify('principal_changed', 'u:' || coalesce(new.user_id, old.user_id));
    else perform pg_notify('principal_changed', '*');
  end case;
  return null;
end
$$;
create trigger sessions_notify after delete on sessions
  for each row execute function notify_principal_changed();
create trigger users_notify after update or delete on users
  for each row execute function notify_principal_changed();
create trigger user_roles_notify after insert or update or delete on user_roles
  for each row execute function notify_principal_changed();
create trigger role_permissions_notify after insert or update or delete on role_permissions
  for each statement execute function notify_principal_changed();
create trigger roles_notify after update or delete on roles
  for each statement execute function notify_principal_changed();
