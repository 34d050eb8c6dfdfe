-- A text may have 100,000 words now. A tsvector holds 1 MB: of a text that could have more different words than that, only the
-- beginning is searched.
create or replace function search_texts(language text, names tsvector, description text, own text, body text)
  returns tsvector language sql stable
  return setweight(names, 'A')
    || setweight(to_tsvector(search_configuration(language), description), 'B')
    || setweight(to_tsvector(search_configuration(language), own), 'C')
    -- Without the ids in mentions.
    || setweight(
      to_tsvector(
        search_configuration(language),
        regexp_replace(
          case when octet_length(body) > 660000 then left(body, 220000) else body end,
          '\]\(entry:[0-9a-f-]{36}\)', ' ', 'g'
        )
      ),
      'D'
    );
