-- Search: words, prefixes, typos and accents. Every extension is trusted, so that an owner of the database may create it.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- A text configuration for each language, which folds accents before it stems.
do $$
declare
  configuration record;
begin
  for configuration in
    select cfgname as name,
      (select dictname from pg_ts_config_map join pg_ts_dict on pg_ts_dict.oid = mapdict
       where mapcfg = pg_ts_config.oid and maptokentype = 2 order by mapseqno limit 1) as dictionary
    from pg_ts_config
    where cfgnamespace = 'pg_catalog'::regnamespace and cfgname = any (array[
      'simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french', 'german',
      'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali', 'norwegian', 'portuguese',
      'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish'])
  loop
    execute format('create text search configuration %I (copy = pg_catalog.%I)', 'worldloom_' || configuration.name, configuration.name);
    execute format('alter text search configuration %I alter mapping for hword, hword_part, word with unaccent, %I',
      'worldloom_' || configuration.name, configuration.dictionary);
  end loop;
end
$$;

alter table worlds add column language text not null default 'simple';

create function search_configuration(language text) returns regconfig
  language sql stable strict
  return ('worldloom_' || language)::regconfig;

-- As names are compared: without case and accents.
create function folded(name text) returns text
  language sql stable strict
  return lower(unaccent(name));

-- What of an entry can be searched for. Written in the transaction of the change, by triggers.
create table search_documents (
  entity_id uuid primary key references entities on delete cascade,
  world_id uuid not null,
  kind entity_kind not null,
  name_key text collate "C" not null,
  -- Name and display name, as written: in every language people search for these by their words.
  names tsvector not null,
  -- The kind's own texts.
  own text not null,
  -- Everything: A names, B description, C the kind's own texts, D body. In the language of the world.
  texts tsvector not null,
  language text not null,
  is_deleted boolean not null default false
);
-- Of world_id::text, so that no index of worlds alone is taken instead: that one world has most of the entries is not what the
-- planner expects.
create index search_documents_names_idx on search_documents using gin ((world_id::text), kind, names) where not is_deleted;
create index search_documents_texts_idx on search_documents using gin ((world_id::text), kind, texts) where not is_deleted;
create index search_documents_name_key_idx on search_documents (world_id, kind, name_key, entity_id) where not is_deleted;
create index search_documents_any_name_key_idx on search_documents (name_key) where not is_deleted;
-- The newest of each kind, in which common words are found without looking at all others.
create index search_documents_newest_idx on search_documents (world_id, kind, entity_id) where not is_deleted;
create index search_documents_language_idx on search_documents (world_id, language);

-- The words of a world, to find those that are near to a word with a typo. Some are there twice, which does no harm, while
-- a unique index would let writers wait for each other.
create table search_words (
  world_id uuid not null references worlds on delete cascade,
  word text collate "C" not null
);
create index search_words_word_idx on search_words (world_id, word);
-- Of expressions, so that it is not taken to look up a word itself, for which it is slow.
create index search_words_near_idx on search_words using gin ((world_id::text), (word || '') gin_trgm_ops);

-- Word by word: for all at once, a plan that was made while there were few would read all words of the world each time.
create function keep_search_words(world uuid, document tsvector) returns void language plpgsql as $$
declare
  lexeme text;
begin
  foreach lexeme in array tsvector_to_array(document) loop
    if length(lexeme) between 3 and 40 and lexeme ~ '[[:alpha:]]'
      and not exists (select from search_words where world_id = world and word = lexeme) then
      insert into search_words (world_id, word) values (world, lexeme);
    end if;
  end loop;
end
$$;

create function search_texts(language text, names tsvector, description text, own text, body text)
  returns tsvector language sql stable
  return setweight(names, 'A')
    || setweight(to_tsvector(search_configuration(language), description), 'B')
    || setweight(to_tsvector(search_configuration(language), own), 'C')
    -- Without the ids in mentions.
    || setweight(to_tsvector(search_configuration(language), regexp_replace(body, '\]\(entry:[0-9a-f-]{36}\)', ' ', 'g')), 'D');

-- Names are not stemmed, and have no stop words: they are searched for as they are written.
create function search_names(name text, display_name text) returns tsvector
  language sql stable
  return to_tsvector('worldloom_simple', case name when display_name then name else name || ' ' || display_name end);

-- After a row of a kind's table: its arguments are the columns with texts.
create function index_own_texts() returns trigger language plpgsql as $$
declare
  entity entities;
  world_language text;
  own_texts text;
  named tsvector;
  written tsvector;
begin
  select coalesce(string_agg(to_jsonb(new) ->> argument, ' '), '') into own_texts from unnest(tg_argv) as argument;
  if tg_op = 'UPDATE' and own_texts = (select own from search_documents where entity_id = new.id) then
    return null;
  end if;
  select * into entity from entities where id = new.id;
  select language into world_language from worlds where id = new.world_id;
  named := search_names(entity.name, entity.display_name);
  written := search_texts(world_language, named, entity.description, own_texts, entity.body);
  insert into search_documents (entity_id, world_id, kind, name_key, names, own, texts, language, is_deleted)
  values (new.id, new.world_id, entity.kind, folded(entity.name), named, own_texts, written, world_language,
    entity.deleted_at is not null)
  on conflict (entity_id) do update set own = excluded.own, texts = excluded.texts, language = excluded.language;
  perform keep_search_words(new.world_id, written);
  return null;
end
$$;

-- After a change to what all kinds share.
create function index_shared_texts() returns trigger language plpgsql as $$
declare
  world_language text;
  document tsvector;
begin
  if (new.name, new.display_name, new.description, new.body) is not distinct from
    (old.name, old.display_name, old.description, old.body) then
    update search_documents set is_deleted = new.deleted_at is not null where entity_id = new.id;
    return null;
  end if;
  select language into world_language from worlds where id = new.world_id;
  update search_documents set
    name_key = folded(new.name), names = search_names(new.name, new.display_name), is_deleted = new.deleted_at is not null,
    texts = search_texts(world_language, search_names(new.name, new.display_name), new.description, own, new.body),
    language = world_language
  where entity_id = new.id
  returning texts into document;
  perform keep_search_words(new.world_id, document);
  return null;
end
$$;
create trigger entities_index after update of name, display_name, description, body, deleted_at on entities
  for each row when (
    (new.name, new.display_name, new.description, new.body, new.deleted_at) is distinct from
    (old.name, old.display_name, old.description, old.body, old.deleted_at)
  ) execute function index_shared_texts();

create trigger stories_index after insert or update on stories
  for each row execute function index_own_texts('logline', 'genre');
create trigger books_index after insert or update on books
  for each row execute function index_own_texts('isbn');
create trigger acts_index after insert or update on acts
  for each row execute function index_own_texts();
create trigger scenes_index after insert or update on scenes
  for each row execute function index_own_texts('purpose', 'mood', 'happens_at');
create trigger personas_index after insert or update on personas
  for each row execute function index_own_texts('epithet', 'born', 'died', 'motivations');
create trigger locations_index after insert or update on locations
  for each row execute function index_own_texts('location_kind', 'coordinates');
create trigger things_index after insert or update on things
  for each row execute function index_own_texts('thing_kind');
create trigger images_index after insert or update on images
  for each row execute function index_own_texts('alt_text');

-- After the language of a world was changed: reads some of its entries again. Returns how many.
create function index_language(world uuid, most integer) returns integer language plpgsql as $$
declare
  document record;
  indexed integer := 0;
begin
  for document in
    with outdated as (
      select search_documents.entity_id, worlds.language
      from search_documents join worlds on worlds.id = search_documents.world_id
      where search_documents.world_id = world and search_documents.language <> worlds.language
      order by search_documents.entity_id limit most for update of search_documents skip locked
    )
    update search_documents set language = outdated.language,
      texts = search_texts(outdated.language, names, entities.description, own, entities.body)
    from outdated join entities on entities.id = outdated.entity_id
    where search_documents.entity_id = outdated.entity_id
    returning texts
  loop
    perform keep_search_words(world, document.texts);
    indexed := indexed + 1;
  end loop;
  return indexed;
end
$$;

-- Whether a search may show an entry: it has one of the tags, is known by now, and there is such a thing at that moment.
create function search_admits(entity uuid, tags uuid[], hidden uuid[], moment double precision) returns boolean
  language sql stable
  return (tags is null or exists (select from entity_tags where entity_id = entity and tag_id = any (tags)))
    and (hidden is null or entity <> all (hidden))
    and (moment is null or not exists (
      select from world_dates where entity_id = entity and marks in ('begin', 'moment') and begins > moment
    ));

-- Whether worlds have so much of all entries that it is not worth while to look into their part of an index.
create function search_is_large(worlds uuid[]) returns boolean
  language sql stable
  return (
    select coalesce(sum(count), 0) > (select reltuples from pg_class where oid = 'search_documents'::regclass) / 10
    from entity_counts where world_id = any (worlds)
  );

-- What may match a search, as many as are worth ranking. A common word is found among the newest entries of each kind; only
-- if it is not common there, the index is asked for all of them: so the time that it takes does not grow with the world.
-- Never by reading a whole table. Planned once: planning anew takes longer than the search.
create function search_candidates(
  worlds uuid[], kinds entity_kind[], tags uuid[], named tsquery, written tsquery, unwanted tsquery, key text,
  wanted integer, hidden uuid[], moment double precision
) returns table (entity_id uuid)
  language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  -- How many of each kind and world are the newest.
  newest integer := 250 / greatest(1, cardinality(worlds));
  is_few boolean := cardinality(worlds) <= 20;
  by_world boolean := is_few and not search_is_large(worlds);
  is_any_kind boolean := cardinality(kinds) = cardinality(enum_range(null::entity_kind));
  most constant integer := 300;
  -- A function with a query inside is called for each row.
  admits_all boolean := tags is null and hidden is null and moment is null;
  found_ids uuid[] := '{}';
begin
  if is_few then
    found_ids := array(
      select document.entity_id
      from unnest(worlds) as world, unnest(kinds) as of_kind, lateral (
        select exact.entity_id, exact.texts from search_documents exact
        where exact.world_id = world and exact.kind = of_kind and exact.name_key = key and not exact.is_deleted
      ) as document
      where (document.texts @@ unwanted) is not true and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
      limit wanted
    ) || array(
      select document.entity_id
      from unnest(worlds) as world, unnest(kinds) as of_kind, lateral (
        select newest_documents.entity_id, newest_documents.names, newest_documents.texts
        from search_documents newest_documents
        where newest_documents.world_id = world and newest_documents.kind = of_kind and not newest_documents.is_deleted
        order by newest_documents.entity_id desc limit newest
      ) as document
      where document.names @@ named and (document.texts @@ unwanted) is not true
        and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
      limit most
    );
  end if;
  if cardinality(found_ids) < wanted then
    found_ids := found_ids || array(
      select document.entity_id
      from unnest(case when by_world then worlds else array[null::uuid] end) as world,
        unnest(case when is_any_kind then array[null::entity_kind] else kinds end) as of_kind, lateral (
        select candidate.entity_id, candidate.texts from search_documents candidate
        where by_world and is_any_kind and candidate.world_id::text = world::text and candidate.names @@ named and not candidate.is_deleted
        union all
        select candidate.entity_id, candidate.texts from search_documents candidate
        where by_world and not is_any_kind and candidate.world_id::text = world::text and candidate.kind = of_kind
          and candidate.names @@ named and not candidate.is_deleted
        union all
        select candidate.entity_id, candidate.texts from search_documents candidate
        where not by_world and is_any_kind and candidate.names @@ named and (candidate.world_id in (select unnest(worlds))) is true
          and not candidate.is_deleted
        union all
        select candidate.entity_id, candidate.texts from search_documents candidate
        where not by_world and not is_any_kind and candidate.kind = of_kind and candidate.names @@ named
          and (candidate.world_id in (select unnest(worlds))) is true and not candidate.is_deleted
      ) as document
      where (document.texts @@ unwanted) is not true and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
      limit most
    );
  end if;
  if numnode(written) > 0 and cardinality(found_ids) < wanted and is_few then
    found_ids := found_ids || array(
      select document.entity_id
      from unnest(worlds) as world, unnest(kinds) as of_kind, lateral (
        select newest_documents.entity_id, newest_documents.texts from search_documents newest_documents
        where newest_documents.world_id = world and newest_documents.kind = of_kind and not newest_documents.is_deleted
        order by newest_documents.entity_id desc limit newest
      ) as document
      where document.texts @@ written and (document.texts @@ unwanted) is not true
        and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
      limit most
    );
  end if;
  if numnode(written) > 0 and cardinality(found_ids) < wanted then
    found_ids := found_ids || array(
      select document.entity_id
      from unnest(case when by_world then worlds else array[null::uuid] end) as world,
        unnest(case when is_any_kind then array[null::entity_kind] else kinds end) as of_kind, lateral (
        select candidate.entity_id, candidate.texts from search_documents candidate
        where by_world and is_any_kind and candidate.world_id::text = world::text and candidate.texts @@ written and not candidate.is_deleted
        union all
        select candidate.entity_id, candidate.texts from search_documents candidate
        where by_world and not is_any_kind and candidate.world_id::text = world::text and candidate.kind = of_kind
          and candidate.texts @@ written and not candidate.is_deleted
        union all
        select candidate.entity_id, candidate.texts from search_documents candidate
        where not by_world and is_any_kind and candidate.texts @@ written and (candidate.world_id in (select unnest(worlds))) is true
          and not candidate.is_deleted
        union all
        select candidate.entity_id, candidate.texts from search_documents candidate
        where not by_world and not is_any_kind and candidate.kind = of_kind and candidate.texts @@ written
          and (candidate.world_id in (select unnest(worlds))) is true and not candidate.is_deleted
      ) as document
      where (document.texts @@ unwanted) is not true and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
      limit most
    );
  end if;
  return query select distinct found.id from unnest(found_ids) as found (id);
end
$$;

-- Entries whose name begins with a text, in order of name.
create function search_names_beginning(worlds uuid[], kinds entity_kind[], key text, wanted integer)
  returns table (entity_id uuid, name_key text)
  language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  if cardinality(worlds) <= 20 then
    return query
      select document.entity_id, document.name_key
      from unnest(worlds) as world, unnest(kinds) as of_kind, lateral (
        select beginning.entity_id, beginning.name_key from search_documents beginning
        where beginning.world_id = world and beginning.kind = of_kind and not beginning.is_deleted
          and beginning.name_key >= key and beginning.name_key < key || chr(1114111)
        order by beginning.name_key limit wanted
      ) as document
      order by document.name_key, document.entity_id limit wanted;
  else
    return query
      select document.entity_id, document.name_key
      from (
        select * from search_documents beginning
        where beginning.name_key >= key and beginning.name_key < key || chr(1114111) and not beginning.is_deleted
        order by beginning.name_key limit 2000
      ) as document
      where document.world_id = any (worlds) and document.kind = any (kinds)
      order by document.name_key, document.entity_id limit wanted;
  end if;
end
$$;

-- The entries of a kind with words in their names.
create function search_named(world uuid, of_kind entity_kind, named tsquery) returns setof uuid
  language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  if search_is_large(array[world]) then
    return query
      select entity_id from search_documents
      where (world_id = world) is true and kind = of_kind and names @@ named and not is_deleted;
  else
    return query
      select entity_id from search_documents
      where world_id::text = world::text and kind = of_kind and names @@ named and not is_deleted;
  end if;
end
$$;

-- The texts of an entry without some of its fields.
create function search_visible(entity uuid, hidden text[]) returns tsvector
  language sql stable
  return (
    select search_texts(
      language, search_names(name, case when 'displayName' = any (hidden) then name else display_name end),
      case when 'description' = any (hidden) then '' else description end,
      -- Which of the kind's own texts is which is not known here.
      case when hidden <@ array['displayName', 'description', 'body'] then own else '' end,
      case when 'body' = any (hidden) then '' else body end
    )
    from search_documents join entities on entities.id = search_documents.entity_id where entities.id = entity
  );

-- All entries of a world, or of all worlds, at once: for what was written without the triggers.
create function index_worlds(given uuid[] default null) returns void language plpgsql as $$
declare
  indexed uuid[] := coalesce(given, array(select id from worlds));
  own record;
begin
  for own in
    select tgrelid::regclass as of_table, (
      select coalesce(string_agg(format('%I.%I', tgrelid::regclass, argument), ', '), quote_literal(''))
      from unnest(string_to_array(encode(tgargs, 'escape'), '\000')) as argument where argument <> ''
    ) as texts
    from pg_trigger where tgfoid = 'index_own_texts'::regproc
  loop
    execute format(
      'insert into search_documents (entity_id, world_id, kind, name_key, names, own, texts, language, is_deleted)
       select entities.id, entities.world_id, entities.kind, folded(entities.name), named, own,
         search_texts(language, named, entities.description, own, entities.body), language, entities.deleted_at is not null
       from entities join worlds on worlds.id = entities.world_id join %1$s on %1$s.id = entities.id,
         lateral concat_ws('' '', %2$s) as own, lateral search_names(entities.name, entities.display_name) as named
       where entities.world_id = any ($1)
       on conflict do nothing', own.of_table, own.texts) using indexed;
  end loop;
  insert into search_words (world_id, word)
  select distinct world_id, lexeme from search_documents, unnest(tsvector_to_array(texts)) as lexeme
  where world_id = any (indexed) and length(lexeme) between 3 and 40 and lexeme ~ '[[:alpha:]]'
  except
  select world_id, word from search_words where world_id = any (indexed);
end
$$;
select index_worlds();

drop index entities_search_idx;
alter table entities drop column search;
