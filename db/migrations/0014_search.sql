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

-- A word is looked up together with its world, so that a search takes no longer for what is in other worlds: a few bytes of the
-- world's id stand before it. Should two worlds share these, the world is compared as well.
create function search_prefix(world uuid) returns text
  language sql immutable strict parallel safe
  return encode(substring(uuid_send(world) from 11), 'base64');

create function search_keys(world uuid, document tsvector) returns tsvector
  language sql immutable strict parallel safe
begin atomic
  select array_to_tsvector(array(
    select search_prefix(world) || word from unnest(tsvector_to_array(document)) as word
    -- The longest that a tsvector takes is 2046.
    where octet_length(word) <= 2000
  ));
end;

-- A query for keys, with a mark for the prefix. Where in a text words are is not known there.
create function search_template(query tsquery) returns text
  language sql immutable strict
  return regexp_replace(regexp_replace(regexp_replace(query::text,
    ' <(-|\d+)> ', ' & ', 'g'),
    -- A word or its beginning.
    '''((?:[^'']|'''')+)'' \| ''\1'':\*', '''\1'':*', 'g'),
    '''((?:[^'']|'''')+)''', E'''\x01\\1''', 'g');

-- The query of a template in a world. Not for parallel workers: to start them takes longer than a search.
create function search_within(world uuid, template text) returns tsquery
  language sql immutable strict
  return replace(template, E'\x01', search_prefix(world))::tsquery;

-- Every word of a world, and whether a name has it: by them beginnings are completed, and worlds left out that lack a word. Some are
-- there twice, which does no harm, while a unique index would let writers wait for each other.
create table search_words (
  world_id uuid not null references worlds on delete cascade,
  word text collate "C" not null,
  in_names boolean not null
);

-- The words of all worlds, each once, as worlds have most of their words in common: to find words that are near to one with a typo.
-- Only those of the worlds that are searched are ever shown.
create table search_vocabulary (
  word text collate "C" not null,
  -- Whether typos in it are worth correcting.
  is_correctable boolean not null generated always as (length(word) between 3 and 40 and word !~ '[0-9]') stored
);

-- By looking up each word: a plan that was made while there were few would read all words each time. "Offset 0" keeps it from being
-- planned as a join.
create function keep_search_words(world uuid, document tsvector) returns void
  language plpgsql set enable_seqscan = off as $$
declare
  lexemes text[];
  named boolean[];
begin
  select array_agg(lexeme), array_agg(in_names) into lexemes, named
  from unnest(document) as lexemes (lexeme, positions, weights), lateral (select 'A' = any (weights) as in_names) as place
  where not exists (
    select from search_words where world_id = world and word = lexeme and search_words.in_names >= place.in_names offset 0
  );
  if lexemes is null then return; end if;
  insert into search_words (world_id, word, in_names) select world, given.* from unnest(lexemes, named) as given;
  insert into search_vocabulary (word)
  select lexeme from unnest(lexemes) as lexeme
  where not exists (select from search_vocabulary where word = lexeme offset 0);
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

-- Without the worlds that lack words of a query, as far as that is known by words that few worlds have; in the same order.
create function search_worlds_with(worlds uuid[], query tsquery, of_names boolean) returns uuid[]
  language plpgsql stable set enable_seqscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  many constant integer := 300;
  anywhere tsquery := replace(search_template(query), E'\x01', '');
  lexemes text[];
  beginnings text[];
  common text[];
begin
  select array_agg(lexeme) filter (where not is_beginning), array_agg(lexeme) filter (where is_beginning) into lexemes, beginnings
  from regexp_matches(anywhere::text, '''((?:[^'']|'''')+)''(:\*)?', 'g') as match,
    lateral (select replace(replace(match[1], '''''', ''''), '\\', '\') as lexeme, match[2] is not null as is_beginning) as parsed;
  common := array(
    select lexeme from unnest(lexemes) as lexeme
    where exists (select from search_words where word = lexeme and in_names >= of_names offset many limit 1)
    union all
    select beginning from unnest(beginnings) as beginning
    where exists (
      select from search_words
      where word >= beginning and word < beginning || chr(1114111) and in_names >= of_names offset many limit 1
    )
  );
  if array_to_tsvector(common) @@ anywhere then return worlds; end if;
  return array(
    select given.world from unnest(worlds) with ordinality as given (world, place)
    join (
      select world_id from (
        select found.* from unnest(lexemes) as lexeme, lateral (
          select world_id, word from search_words where word = lexeme and in_names >= of_names limit many
        ) as found
        where lexeme <> all (common)
        union all
        select found.* from unnest(beginnings) as beginning, lateral (
          select world_id, word from search_words
          where word >= beginning and word < beginning || chr(1114111) and in_names >= of_names limit many
        ) as found
        where beginning <> all (common)
      ) as rare
      where world_id in (select unnest(worlds))
      group by world_id having array_to_tsvector(array_agg(word) || common) @@ anywhere
    ) as having_rare on having_rare.world_id = given.world
    order by given.place
  );
end
$$;

-- Those of the worlds that have many words with a beginning. With the rest of the words of these, as queries for some of them each:
-- three words, twelve, and the rest.
create function search_beginnings(
  worlds uuid[], beginning text, out large uuid[], out small uuid[], out queries tsquery[], out are_all boolean
)
  language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  -- To look for more of them is slower than to look for their beginning.
  most constant integer := 63;
  many constant integer := 200;
  known text[];
begin
  large := array(
    select world from unnest(worlds) as world where exists (
      select from search_words where world_id = world and word > beginning and word < beginning || chr(1114111)
      order by word offset many limit 1
    )
  );
  small := array(select world from unnest(worlds) as world where world <> all (large));
  known := array(
    select distinct found.word from unnest(large) as world, lateral (
      select word from search_words
      where world_id = world and word > beginning and word < beginning || chr(1114111)
      order by word limit most + 1
    ) as found
    order by word
  );
  are_all := cardinality(known) <= most;
  queries := array(
    select string_agg(
      '''' || replace(replace(known[place], '\', '\\'), '''', '''''') || '''', ' | '
    )::tsquery
    from generate_series(1, least(cardinality(known), most)) as place group by floor(log(4, place)) order by floor(log(4, place))
  );
end
$$;

-- Entries in which something is found, in one world after the other until there is enough. Without kinds, of all kinds. An index is
-- only taken if its columns are named, so each case has a query of its own, from one text. Settings are those of the caller, as it
-- takes longer to change them than to look.
do $do$
declare
  cases text;
begin
  select string_agg(format('
    when %s and %s then return array(
      select document.entity_id from unnest(worlds) as world, %s as document limit enough
    );', by_names, by_kind, replace(format(places, is_there, is_there), '$names', searched)), '')
  into cases
  from (values ('in_names', 'names'), ('not in_names', 'texts')) as columns (by_names, searched),
    (values
      (
        'kinds is null',
        'lateral (select entity_id from search_documents where %s limit most)'
      ),
      -- The index of kinds is only worth while in large worlds.
      (
        'kinds is not null',
        'lateral (
          select coalesce(sum(count), 0) > 20000 as is_large from entity_counts where world_id = world
        ) as size, lateral (
          select found.entity_id from unnest(kinds) as of_kind, lateral (
            select entity_id from search_documents where kind = of_kind and %s limit most
          ) as found
          where is_large
          union all (
            select entity_id from search_documents where (kind = any (kinds)) is true and %s and not is_large limit most
          )
        )'
      )
    ) as kinds (by_kind, places),
    -- No index is to be taken for the world alone.
    (values ('
      search_keys(world_id, $names) @@ search_within(world, template) and not is_deleted
      and (world_id = world) is true and (is_in_any_order or $names @@ query)
      and (texts @@ unwanted) is not true and (admits_all or search_admits(entity_id, tags, hidden, moment))'
    )) as conditions (is_there);
  execute format($function$
    create function search_each(
      worlds uuid[], kinds entity_kind[], in_names boolean, query tsquery, unwanted tsquery default null, tags uuid[] default null,
      hidden uuid[] default null, moment double precision default null, most integer default null, enough integer default null
    ) returns uuid[]
      language plpgsql stable as $body$
    declare
      template text := search_template(query);
      is_in_any_order boolean := query::text !~ ' <(-|\d+)> ';
      -- A function with a query inside is called for each row.
      admits_all boolean := tags is null and hidden is null and moment is null;
    begin
      case %s
      end case;
    end
    $body$
  $function$, cases);
end
$do$;

-- What is searched for: all terms; the last word as it is, instead of as a beginning; the others alone, null if there are none.
create type search_terms as (every tsquery, finished tsquery, others tsquery);
create type search_step as (worlds uuid[], query tsquery);

-- What may match a search, as many as are worth ranking. They are looked for step by step: by names before all texts; among the newest
-- entries of each kind, as common words are found there, so that the time does not grow with the world; then by the index, by the
-- last word as it is before all that begins with it; in the worlds that were changed last before the others. Of those, only the ones
-- that may have the words are looked into: for names a hundred of them, as what is not found in names is found in all texts.
-- Pages of a search have to agree. So a step finds the same however much is wanted, up to `most`; steps are taken together until there
-- are `gathered`, and only these are ranked with one another, as a stage. In the last stage, one world follows after the other, each whole.
-- Never by reading a whole table. Planned once: planning anew takes longer than the search.
create function search_candidates(
  worlds uuid[], kinds entity_kind[], tags uuid[], named search_terms, written search_terms, beginning text, unwanted tsquery,
  key text, wanted integer, gathered integer, most integer, hidden uuid[], moment double precision, most_further integer
) returns table (entity_id uuid, stage integer, world_place integer)
  language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  first_worlds uuid[] := worlds[:20];
  further_worlds uuid[] := worlds[21:];
  -- How many of each kind and world are the newest.
  newest integer := 250 / greatest(1, cardinality(worlds));
  only_kinds entity_kind[] := case when cardinality(kinds) < cardinality(enum_range(null::entity_kind)) then kinds end;
  admits_all boolean := tags is null and hidden is null and moment is null;
  in_names boolean;
  terms search_terms;
  completed record;
  present uuid[];
  steps search_step[];
  step search_step;
  found_now uuid[];
  found_ids uuid[] := array[]::uuid[];
  found_stages integer[] := array[]::integer[];
  current_stage integer := 1;
  in_stage integer := 0;
  last_stage integer;
begin
  if cardinality(further_worlds) > 0 and only_kinds is not null then
    worlds := array(
      select given.world from unnest(worlds) with ordinality as given (world, place)
      where exists (select from entity_counts where world_id = given.world and kind = any (kinds) and count > 0)
      order by given.place
    );
    first_worlds := worlds[:20];
    further_worlds := worlds[21:];
  end if;
  foreach in_names in array array[true, false] loop
    terms := case when in_names then named else written end;
    for phase in 0..4 loop
      if phase = 4 and not in_names then
        current_stage := current_stage + sign(in_stage)::integer;
        in_stage := 0;
        last_stage := current_stage;
      end if;
      exit when in_stage = 0 and cardinality(found_ids) >= wanted;
      steps := array[]::search_step[];
      if phase = 0 and in_names then
        steps := array[(worlds, null)::search_step];
      elsif phase = 1 and newest >= 10 then
        steps := array[(worlds, terms.every)::search_step];
      elsif phase = 2 then
        steps := array[(first_worlds, case when beginning is null then terms.every else terms.finished end)::search_step];
      elsif phase = 3 and beginning is not null then
        if completed is null then completed := search_beginnings(first_worlds, beginning); end if;
        steps := (completed.small, terms.every)::search_step || array(
          select (completed.large, coalesce(terms.others && query, query))::search_step from unnest(completed.queries) as query
        );
        if not completed.are_all then steps := steps || (completed.large, terms.every)::search_step; end if;
      elsif phase = 4 and cardinality(further_worlds) > 0 then
        present := search_worlds_with(further_worlds, terms.every, in_names);
        present := present[:coalesce(least(most_further, case when in_names then 100 end), cardinality(present))];
        steps := array[(present, terms.every)::search_step];
      end if;
      foreach step in array steps loop
        exit when in_stage = 0 and cardinality(found_ids) >= wanted;
        continue when cardinality(step.worlds) = 0 or (phase > 0 and coalesce(numnode(step.query), 0) = 0);
        found_now := case
          when phase = 0 and cardinality(worlds) <= 20 then array(
            select document.entity_id
            from unnest(worlds) as of_world, unnest(kinds) as each_kind, lateral (
              select exact.entity_id, exact.texts from search_documents exact
              where exact.world_id = of_world and exact.kind = each_kind and exact.name_key = key and not exact.is_deleted
            ) as document
            where (document.texts @@ unwanted) is not true and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
            limit most
          )
          when phase = 0 then array(
            select document.entity_id from search_documents as document
            where document.name_key = key and (document.kind = any (kinds)) is true
              and (document.world_id in (select unnest(worlds))) is true and not document.is_deleted
              and (document.texts @@ unwanted) is not true and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
            limit most
          )
          when phase = 1 then array(
            select document.entity_id
            from unnest(worlds) as of_world, unnest(kinds) as each_kind, lateral (
              select newest_documents.entity_id, newest_documents.names, newest_documents.texts
              from search_documents newest_documents
              where newest_documents.world_id = of_world and newest_documents.kind = each_kind and not newest_documents.is_deleted
              order by newest_documents.entity_id desc limit newest
            ) as document
            where case when in_names then document.names else document.texts end @@ terms.every
              and (document.texts @@ unwanted) is not true
              and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
            limit most
          )
          else search_each(
            step.worlds, only_kinds, in_names, step.query, unwanted, tags, hidden, moment,
            most, case when last_stage is null then most else wanted end
          )
        end;
        if last_stage is not null and cardinality(found_now) = wanted then
          found_now := found_now || search_each(
            array(select world_id from search_documents as last where last.entity_id = found_now[wanted]),
            only_kinds, false, step.query, unwanted, tags, hidden, moment, most, most
          );
        end if;
        found_now := array(select unnest(found_now) except select unnest(found_ids));
        found_ids := found_ids || found_now;
        found_stages := found_stages || array_fill(current_stage, array[cardinality(found_now)]);
        in_stage := in_stage + cardinality(found_now);
        if in_stage >= gathered then
          current_stage := current_stage + 1;
          in_stage := 0;
        end if;
      end loop;
    end loop;
    current_stage := current_stage + sign(in_stage)::integer;
    in_stage := 0;
  end loop;
  return query
    select found.id, found.of_stage, case when found.of_stage >= last_stage then array_position(
      worlds, (select document.world_id from search_documents as document where document.entity_id = found.id)
    ) end
    from unnest(found_ids, found_stages) as found (id, of_stage);
end
$$;

-- Entries whose name begins with a text, in order of name. In many worlds, as many as are found in a moment.
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
        select beginning.entity_id, beginning.name_key, beginning.world_id, beginning.kind from search_documents beginning
        where beginning.name_key >= key and beginning.name_key < key || chr(1114111) and not beginning.is_deleted
        order by beginning.name_key limit 2000
      ) as document
      where (document.world_id in (select unnest(worlds))) is true and document.kind = any (kinds)
      order by document.name_key, document.entity_id limit wanted;
  end if;
end
$$;

-- The entries of a kind with words in their names.
create function search_named(world uuid, of_kind entity_kind, named tsquery) returns uuid[]
  language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return search_each(array[world], array[of_kind], true, named);
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
  insert into search_words (world_id, word, in_names)
  select world_id, lexeme, bool_or('A' = any (weights))
  from search_documents, unnest(texts) as lexemes (lexeme, positions, weights)
  where world_id = any (indexed) group by world_id, lexeme
  except
  select world_id, word, in_names from search_words where world_id = any (indexed);
  insert into search_vocabulary (word)
  select distinct word from search_words where world_id = any (indexed)
  except
  select word from search_vocabulary;
end
$$;
select index_worlds();

-- Made when everything is there, which is faster. With what is not yet in its place, each search would have to look through it:
-- https://www.postgresql.org/docs/current/gin.html#GIN-FAST-UPDATE
create index search_documents_names_idx on search_documents using gin (kind, search_keys(world_id, names))
  with (fastupdate = off) where not is_deleted;
create index search_documents_texts_idx on search_documents using gin (kind, search_keys(world_id, texts))
  with (fastupdate = off) where not is_deleted;
create index search_documents_name_key_idx on search_documents (world_id, kind, name_key, entity_id) where not is_deleted;
create index search_documents_any_world_idx on search_documents (name_key, world_id, kind, entity_id) where not is_deleted;
-- The newest of each kind, in which common words are found without looking at all others.
create index search_documents_newest_idx on search_documents (world_id, kind, entity_id) where not is_deleted;
create index search_documents_language_idx on search_documents (world_id, language);

create index search_words_word_idx on search_words (world_id, word);
create index search_words_worlds_idx on search_words (word, in_names, world_id);

create index search_vocabulary_word_idx on search_vocabulary (word);
-- What everybody may search.
create index worlds_public_idx on worlds (updated_at) where visibility = 'public' and deleted_at is null;
-- Of an expression, so that it is not taken to look up a word itself, for which it is slow.
create index search_vocabulary_near_idx on search_vocabulary using gin ((word || '') gin_trgm_ops)
  with (fastupdate = off) where is_correctable;

drop index entities_search_idx;
alter table entities drop column search;
