-- Where a key may be used from, and how much it may use in a month (UTC). Null: anywhere, and as much as its owner.
alter table api_keys
  -- Addresses, or ranges of them (CIDR).
  add column allowed_addresses text[],
  add column monthly_requests bigint,
  -- Of the chat.
  add column monthly_tokens bigint,
  -- Of the chat, in millionths of a US dollar.
  add column monthly_cost_micros bigint,
  -- When somebody reported that others have it. It stays off until it is given another secret.
  add column leaked_at timestamptz(3);

drop trigger api_keys_notify on api_keys;
-- Not on `last_used_at` and `use_count`, which change all the time.
create trigger api_keys_notify
  after delete or update of key_hash, previous_key_hash, previous_expires_at, is_active, expires_at, name, allowed_addresses,
    monthly_requests, monthly_tokens, monthly_cost_micros on api_keys
  for each row execute function notify_principal_changed();

-- Which of its permissions a key has used, and from where it was used.
create table api_key_permission_use (
  api_key_id uuid not null references api_keys on delete cascade,
  permission text not null,
  last_used_at timestamptz(3) not null,
  primary key (api_key_id, permission)
);
create table api_key_addresses (
  api_key_id uuid not null references api_keys on delete cascade,
  ip_address text not null,
  first_used_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  use_count bigint not null,
  primary key (api_key_id, ip_address)
);

-- What the chat used for a key in a month, which is named by its first day.
create table api_key_chat_usage (
  api_key_id uuid not null references api_keys on delete cascade,
  month date not null,
  tokens bigint not null default 0,
  cost_micros bigint not null default 0,
  primary key (api_key_id, month)
);
-- The key that an answer is written for.
alter table messages add column api_key_id uuid;
