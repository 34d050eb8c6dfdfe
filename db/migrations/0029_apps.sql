-- Apps that ask people for access: clients of the authorization server (RFC 6749), registered by an administrator or by themselves
-- (RFC 7591). Those that are known by a document at their own address are not kept.
create table oauth_clients (
  id text primary key,
  name text not null,
  -- Their metadata, with the secret if they have one, encrypted by APP_SECRET.
  sealed_metadata text not null,
  -- Null: it registered itself, or whoever registered it is gone.
  registered_by uuid references users on delete set null,
  is_self_registered boolean not null,
  created_at timestamptz(3) not null default now()
);
create index oauth_clients_registered_by_idx on oauth_clients (registered_by) where registered_by is not null;

-- What a person has granted an app is a key that belongs to the app: it has no secret of its own, and everything else that keys have.
alter table api_keys
  -- Servers of the version before look keys up by their hashes, and so never read one without.
  -- squawk-ignore ban-drop-not-null
  alter column key_hash drop not null,
  add column client_id text,
  add column client_name text,
  -- By which the authorization server knows it.
  add column grant_id text;

-- What the authorization server keeps: sign-ins that have begun, codes, tokens, grants.
create table oauth_records (
  kind text not null,
  -- SHA-256 of the code or token.
  id_hash bytea not null,
  -- Encrypted by APP_SECRET.
  sealed_payload text not null,
  grant_id text,
  api_key_id uuid references api_keys on delete cascade,
  uid_hash bytea,
  user_code_hash bytea,
  -- Of access tokens: what they are for, and what the app asked for.
  resource text,
  scope text,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  consumed_at timestamptz(3),
  primary key (kind, id_hash)
);
create index oauth_records_expires_at_idx on oauth_records (expires_at);
create index oauth_records_grant_id_idx on oauth_records (grant_id) where grant_id is not null;
create index oauth_records_api_key_id_idx on oauth_records (api_key_id) where api_key_id is not null;
create index oauth_records_uid_hash_idx on oauth_records (uid_hash) where uid_hash is not null;
create unique index oauth_records_user_code_hash_idx on oauth_records (user_code_hash) where user_code_hash is not null;

create or replace function notify_principal_changed() returns trigger
  language plpgsql as $$
begin
  case tg_table_name
    when 'sessions' then
      perform pg_notify('principal_changed', 's:' || coalesce(encode(old.token_hash, 'hex'), '') || ':' || old.id);
    when 'users' then perform pg_notify('principal_changed', 'u:' || old.id);
    when 'user_roles', 'api_keys', 'passkeys', 'totp_secrets' then
      perform pg_notify('principal_changed', 'u:' || coalesce(new.user_id, old.user_id));
    when 'api_key_roles', 'api_key_permissions', 'api_key_worlds' then
      perform pg_notify('principal_changed', 'u:' || user_id)
      from api_keys where id = coalesce(new.api_key_id, old.api_key_id);
    when 'oauth_records' then
      perform pg_notify('principal_changed', 'u:' || user_id) from api_keys where id = old.api_key_id;
    when 'signing_keys' then perform pg_notify('principal_changed', 'j');
    else perform pg_notify('principal_changed', '*');
  end case;
  return null;
end
$$;
-- An access token that has expired is known to have.
create trigger oauth_records_notify after delete on oauth_records
  for each row when (old.kind = 'AccessToken' and old.expires_at > now())
  execute function notify_principal_changed();

insert into permissions (name, description, is_seeded) values
  ('grant:read', 'See the apps one has given access', true),
  ('grant:create', 'Give apps access', true),
  ('grant:delete', 'Take access from apps again', true),
  ('oauthClient:read', 'See the apps that are registered', true),
  ('oauthClient:create', 'Register apps', true),
  ('oauthClient:delete', 'Remove registered apps', true);
insert into role_permissions (role_id, permission_id)
select roles.id, permissions.id
from roles cross join permissions
where (roles.name in ('user', 'viewer') and permissions.name in ('grant:read', 'grant:create', 'grant:delete'))
   or (roles.name = 'admin' and permissions.name in (
     'grant:read', 'grant:create', 'grant:delete', 'oauthClient:read', 'oauthClient:create', 'oauthClient:delete'))
on conflict do nothing;
