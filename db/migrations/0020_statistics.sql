-- How often API keys were used on a day (UTC). It stays when keys go.
create table api_key_usage (
  day date not null,
  api_key_id uuid not null,
  count bigint not null,
  primary key (day, api_key_id)
);

create index webhook_deliveries_at_idx on webhook_deliveries (at);
