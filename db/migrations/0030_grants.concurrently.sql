create unique index concurrently if not exists api_keys_grant_id_key on api_keys (grant_id);
