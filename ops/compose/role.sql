-- What the servers would set with each connection, and cannot behind a pooler.
alter role worldloom set statement_timeout = '15s';
alter role worldloom set idle_in_transaction_session_timeout = '30s';
