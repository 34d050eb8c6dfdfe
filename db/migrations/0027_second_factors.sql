-- Passkeys (WebAuthn Level 3): a way to sign in without a password, and a second factor beside another way.
create table passkeys (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  -- How often the authenticator has signed, as it says. One that goes back was copied.
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null,
  -- Whether it is kept in an account, and so on several devices.
  is_backed_up boolean not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3)
);
create index passkeys_user_id_idx on passkeys (user_id);

-- Codes of an authenticator app (RFC 6238).
create table totp_secrets (
  user_id uuid primary key references users on delete cascade,
  -- Encrypted by APP_SECRET.
  sealed_secret text not null,
  created_at timestamptz(3) not null default now(),
  -- Null until a code has shown that the app has the secret.
  confirmed_at timestamptz(3),
  -- The step of the last code that was used: none works twice.
  last_step bigint
);

create table recovery_codes (
  user_id uuid not null references users on delete cascade,
  code_hash bytea not null,
  created_at timestamptz(3) not null default now(),
  used_at timestamptz(3),
  primary key (user_id, code_hash)
);

-- When whoever it belongs to has last shown who they are; null: when they signed in.
alter table sessions add column confirmed_at timestamptz(3);

-- Which purposes there are is known by the code that gives tokens out (packages/auth/src/oneTimeTokens.ts).
alter table one_time_tokens drop constraint one_time_tokens_purpose_check;

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
    when 'signing_keys' then perform pg_notify('principal_changed', 'j');
    else perform pg_notify('principal_changed', '*');
  end case;
  return null;
end
$$;
create trigger sessions_notify_confirmed after update of confirmed_at on sessions
  for each row execute function notify_principal_changed();
create trigger passkeys_notify after insert or delete on passkeys
  for each row execute function notify_principal_changed();
create trigger totp_secrets_notify after insert or delete or update of confirmed_at on totp_secrets
  for each row execute function notify_principal_changed();
