-- The same as before, faster: each step is a statement of its own, as one that has them all begins all of them, which took as long
-- as what it found. Without a key, names are not looked for as a whole, for whoever has done so.
create or replace function search_candidates(
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
    exit when not in_names and terms.every is null;
    for phase in 0..4 loop
      if phase = 4 and not in_names then
        current_stage := current_stage + sign(in_stage)::integer;
        in_stage := 0;
        last_stage := current_stage;
      end if;
      exit when in_stage = 0 and cardinality(found_ids) >= wanted;
      steps := array[]::search_step[];
      if phase = 0 and in_names and key is not null then
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
      elsif phase = 4 and cardinality(further_worlds) > 0 and terms.every is not null then
        present := search_worlds_with(further_worlds, terms.every, in_names);
        present := present[:coalesce(least(most_further, case when in_names then 100 end), cardinality(present))];
        steps := array[(present, terms.every)::search_step];
      end if;
      foreach step in array steps loop
        exit when in_stage = 0 and cardinality(found_ids) >= wanted;
        continue when cardinality(step.worlds) = 0 or (phase > 0 and coalesce(numnode(step.query), 0) = 0);
        if phase = 0 and cardinality(worlds) <= 20 then
          found_now := array(
            select document.entity_id
            from unnest(worlds) as of_world, unnest(kinds) as each_kind, lateral (
              select exact.entity_id, exact.texts from search_documents exact
              where exact.world_id = of_world and exact.kind = each_kind and exact.name_key = key and not exact.is_deleted
            ) as document
            where (document.texts @@ unwanted) is not true and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
            limit most
          );
        elsif phase = 0 then
          found_now := array(
            select document.entity_id from search_documents as document
            where document.name_key = key and (document.kind = any (kinds)) is true
              and (document.world_id in (select unnest(worlds))) is true and not document.is_deleted
              and (document.texts @@ unwanted) is not true and (admits_all or search_admits(document.entity_id, tags, hidden, moment))
            limit most
          );
        elsif phase = 1 then
          found_now := array(
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
          );
        else
          found_now := search_each(
            step.worlds, only_kinds, in_names, step.query, unwanted, tags, hidden, moment,
            most, case when last_stage is null then most else wanted end
          );
        end if;
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
