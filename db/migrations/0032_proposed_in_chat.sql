-- Whether the changes were proposed in a chat, which the change log says of what it has written.
alter table change_sets add column via_chat boolean not null default false;
