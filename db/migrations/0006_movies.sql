-- The worked example of a service: docs/adding-a-service.md.
create table movies (
  movie_id uuid primary key default uuidv7(),
  title text not null,
  released date not null,
  rating numeric(2, 1) not null check (rating >= 0)
);
create unique index movies_title_key on movies (lower(title), released);
create index movies_released_idx on movies (released, movie_id);

create function movies_released_since(year integer, min_rating numeric) returns setof movies
  language sql stable
begin atomic
  select * from movies where released >= make_date(year, 1, 1) and rating >= min_rating;
end;
