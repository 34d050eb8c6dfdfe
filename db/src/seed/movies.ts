import type { Database } from '../database.ts'

/** Some well-known films, with the rating people gave them on IMDb. */
const films = [
  { title: 'The Godfather', released: '1972-03-24', rating: 9.2 },
  { title: 'The Empire Strikes Back', released: '1980-05-21', rating: 8.7 },
  { title: 'Blade Runner', released: '1982-06-25', rating: 8.1 },
  { title: 'Goodfellas', released: '1990-09-19', rating: 8.7 },
  { title: 'The Silence of the Lambs', released: '1991-02-14', rating: 8.6 },
  { title: 'Schindler’s List', released: '1993-12-15', rating: 9.0 },
  { title: 'Pulp Fiction', released: '1994-10-14', rating: 8.9 },
  { title: 'The Shawshank Redemption', released: '1994-10-14', rating: 9.3 },
  { title: 'Princess Mononoke', released: '1997-07-12', rating: 8.3 },
  { title: 'The Matrix', released: '1999-03-31', rating: 8.7 },
  { title: 'Spirited Away', released: '2001-07-20', rating: 8.6 },
  { title: 'The Return of the King', released: '2003-12-17', rating: 9.0 },
  { title: 'The Dark Knight', released: '2008-07-18', rating: 9.1 },
  { title: 'Parasite', released: '2019-05-30', rating: 8.5 },
]

export async function seedMovies(db: Database): Promise<void> {
  await db.insertInto('movies').values(films).execute()
}
