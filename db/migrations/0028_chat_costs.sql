-- What the chat costs, in millionths of a US dollar, by the prices of the day on which it was used.
-- Null: no prices were set. While an answer is being written, what it may cost at most.
alter table messages add column cost_micros bigint, add column reserved_micros bigint;
alter table chat_usage add column cost_micros bigint not null default 0;
