-- Besides browsers (`browser`, known by a cookie), programs that took a token at POST /token (`token`) have a
-- session: it is listed, revoked and expires like any other. Only a browser's has a token of its own.
alter table sessions
  add column kind text not null default 'browser' check (kind in ('browser', 'token')),
  alter column token_hash drop not null,
  add constraint sessions_token_check check ((kind = 'browser') = (token_hash is not null)),
  -- What somebody may do has changed: the browser gets a new token at its next request. The one before it holds a
  -- few seconds longer, for requests that are on their way.
  add column renew_due boolean not null default false,
  add column previous_token_hash bytea unique,
  add column previous_expires_at timestamptz(3);

create table password_credentials (
  user_id uuid primary key references users on delete cascade,
  -- What one signs in with; the user's own address, proved or not.
  email text not null,
  -- argon2id, as a PHC string with its parameters
  hash text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index password_credentials_email_key on password_credentials (lower(email));

-- What a link in a mail, or a page on its way to a provider, carries: used once.
create table one_time_tokens (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('signUp', 'emailVerification', 'passwordReset', 'accountLink')),
  user_id uuid references users on delete cascade,
  email text,
  -- Of a sign-up: names and the hash of the password, until the address is proved.
  payload jsonb,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index one_time_tokens_user_id_idx on one_time_tokens (user_id);
create index one_time_tokens_expires_at_idx on one_time_tokens (expires_at);

-- A sign-in that links the account to somebody who is signed in already.
alter table oauth_attempts add column link_user_id uuid references users on delete cascade;
create index oauth_attempts_link_user_id_idx on oauth_attempts (link_user_id);

-- The used ones stay until their session ends: one that comes again was stolen.
create table refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  created_at timestamptz(3) not null default now(),
  used_at timestamptz(3)
);
create index refresh_tokens_session_id_idx on refresh_tokens (session_id);

create table signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  -- JWE (RFC 7516), encrypted by APP_SECRET
  private_jwe text not null,
  created_at timestamptz(3) not null default now(),
  -- From when it signs: later than it is published, so that every verifier has it by then.
  active_from timestamptz(3) not null,
  -- Until when it verifies: the end of the last token it signed. Null while it has no successor.
  expires_at timestamptz(3)
);

create table api_keys (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users on delete cascade,
  name text not null,
  description text not null default '',
  -- The first characters, to tell keys apart
  prefix text not null,
  key_hash bytea not null unique,
  -- After a rotation the old key holds a while longer.
  previous_key_hash bytea unique,
  previous_expires_at timestamptz(3),
  is_active boolean not null default true,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  use_count bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create unique index api_keys_name_key on api_keys (user_id, lower(name));

create table api_key_roles (
  api_key_id uuid not null references api_keys on delete cascade,
  role_id uuid not null references roles on delete cascade,
  primary key (api_key_id, role_id)
);
create index api_key_roles_role_id_idx on api_key_roles (role_id);

create table api_key_permissions (
  api_key_id uuid not null references api_keys on delete cascade,
  permission_id uuid not null references permissions on delete cascade,
  primary key (api_key_id, permission_id)
);
create index api_key_permissions_permission_id_idx on api_key_permissions (permission_id);

alter table roles
  add column is_seeded boolean not null default false;
alter table permissions
  add column is_seeded boolean not null default false,
  add column created_at timestamptz(3) not null default now();
update roles set is_seeded = true;
update permissions set is_seeded = true;

insert into permissions (name, description, is_seeded) values
  ('account:read', 'See the accounts one signs in with', true),
  ('account:update', 'Link and unlink accounts one signs in with', true),
  ('apiKey:read', 'See one''s own API keys', true),
  ('apiKey:create', 'Make API keys', true),
  ('apiKey:update', 'Change, rotate, activate and deactivate one''s own API keys', true),
  ('apiKey:delete', 'Delete one''s own API keys', true),
  ('user:read', 'See everybody who has an account', true),
  ('user:update', 'Activate and deactivate people, give and take roles', true),
  ('role:read', 'See the roles and what they permit', true),
  ('role:create', 'Make roles', true),
  ('role:update', 'Change what roles permit', true),
  ('role:delete', 'Delete roles', true),
  ('permission:read', 'See the permissions there are', true),
  ('permission:create', 'Make permissions, for services that check them', true),
  ('permission:delete', 'Delete permissions one has made', true),
  ('audit:read', 'Read the audit log', true);

insert into role_permissions (role_id, permission_id)
select roles.id, permissions.id
from roles cross join permissions
where (roles.name = 'admin' or permissions.name ~ '^(account|apiKey):')
on conflict do nothing;

-- An administrator may do everything, also what is permitted later.
create function permit_admin() returns trigger
  language plpgsql as $$
begin
  insert into role_permissions (role_id, permission_id) select id, new.id from roles where name = 'admin'
  on conflict do nothing;
  return null;
end
$$;
create trigger permissions_permit_admin after insert on permissions
  for each row execute function permit_admin();

-- Who did what: written with the change it is about, never changed, and kept when the people are gone.
create table audit_events (
  id uuid primary key default uuidv7(),
  at timestamptz(3) not null default now(),
  action text not null,
  outcome text not null default 'success' check (outcome in ('success', 'failure')),
  actor_kind text not null check (actor_kind in ('anonymous', 'session', 'bearer', 'apiKey', 'operator')),
  actor_id uuid,
  actor_name text,
  api_key_id uuid,
  subject_kind text,
  subject_id text,
  subject_name text,
  ip_address text,
  request_id text,
  details jsonb not null default '{}'
);
-- The log from its end, whole or of one action, actor or subject.
create index audit_events_action_idx on audit_events (action, id desc);
create index audit_events_actor_id_idx on audit_events (actor_id, id desc);
create index audit_events_subject_id_idx on audit_events (subject_id, id desc);
create index audit_events_at_idx on audit_events (at);

create function refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'WL003';
end
$$;
create trigger audit_events_append_only before update or delete on audit_events
  for each row execute function refuse_change();
create trigger audit_events_no_truncate before truncate on audit_events
  for each statement execute function refuse_change();

-- As rate-limiter-flexible reads and writes it; losing it in a crash costs nothing.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limits_expire_idx on rate_limits (expire);

-- There is always somebody left who may administer: by whatever path, and also when two remove each other
-- at once, since the second waits for the first and then sees what it did.
create function keep_an_admin() returns trigger
  language plpgsql as $$
declare
  admin_role uuid;
begin
  select id into admin_role from roles where name = 'admin' for update;
  if not exists (
    select from user_roles join users on users.id = user_roles.user_id
    where user_roles.role_id = admin_role and users.is_active
  ) then
    raise exception 'the last administrator can not be removed' using errcode = 'WL001';
  end if;
  return null;
end
$$;
create function was_admin(role uuid) returns boolean
  language sql stable
  return exists (select from roles where id = role and name = 'admin');
create function is_admin(person uuid) returns boolean
  language sql stable
  return exists (
    select from user_roles join roles on roles.id = user_roles.role_id where user_id = person and roles.name = 'admin'
  );
create trigger user_roles_keep_admin after delete or update on user_roles
  for each row when (was_admin(old.role_id)) execute function keep_an_admin();
create trigger users_keep_admin after update of is_active on users
  for each row when (old.is_active and not new.is_active and is_admin(old.id)) execute function keep_an_admin();

create function renew_sessions() returns trigger
  language plpgsql as $$
begin
  update sessions set renew_due = true
  where user_id = coalesce(new.user_id, old.user_id) and kind = 'browser' and not renew_due;
  return null;
end
$$;
create trigger user_roles_renew_sessions after insert or update or delete on user_roles
  for each row execute function renew_sessions();

-- Likewise the last owner of a world, unless the world itself goes.
create function keep_an_owner() returns trigger
  language plpgsql as $$
begin
  perform from worlds where id = old.world_id for update;
  if found and not exists (select from world_members where world_id = old.world_id and role = 'owner') then
    raise exception 'the last owner can not be removed' using errcode = 'WL002';
  end if;
  return null;
end
$$;
create trigger world_members_keep_owner after delete or update on world_members
  for each row when (old.role = 'owner') execute function keep_an_owner();

-- Payload: s:<hex of the token hash, if any>:<session id>, u:<user id>, j for signing keys, * for everybody.
create or replace function notify_principal_changed() returns trigger
  language plpgsql as $$
begin
  case tg_table_name
    when 'sessions' then
      perform pg_notify('principal_changed', 's:' || coalesce(encode(old.token_hash, 'hex'), '') || ':' || old.id);
    when 'users' then perform pg_notify('principal_changed', 'u:' || old.id);
    when 'user_roles', 'api_keys' then
      perform pg_notify('principal_changed', 'u:' || coalesce(new.user_id, old.user_id));
    when 'api_key_roles', 'api_key_permissions' then
      perform pg_notify('principal_changed', 'u:' || user_id)
      from api_keys where id = coalesce(new.api_key_id, old.api_key_id);
    when 'signing_keys' then perform pg_notify('principal_changed', 'j');
    else perform pg_notify('principal_changed', '*');
  end case;
  return null;
end
$$;
drop trigger sessions_notify on sessions;
create trigger sessions_notify after delete or update of token_hash on sessions
  for each row execute function notify_principal_changed();
-- Not on `last_used_at` and `use_count`, which change all the time.
create trigger api_keys_notify
  after delete or update of key_hash, previous_key_hash, previous_expires_at, is_active, expires_at, name on api_keys
  for each row execute function notify_principal_changed();
create trigger api_key_roles_notify after insert or update or delete on api_key_roles
  for each row execute function notify_principal_changed();
create trigger api_key_permissions_notify after insert or update or delete on api_key_permissions
  for each row execute function notify_principal_changed();
create trigger signing_keys_notify after insert or update or delete on signing_keys
  for each statement execute function notify_principal_changed();
