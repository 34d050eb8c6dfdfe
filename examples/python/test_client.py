"""What the generated client does with a running server, named by WORLDLOOM_URL and WORLDLOOM_API_KEY."""

import inspect
import io
import json
import os
import pkgutil
import struct
import unittest
import zlib
from importlib import import_module
from uuid import UUID, uuid4

from worldloom_client import AuthenticatedClient, api
from worldloom_client.api.image import image_create, image_get_file
from worldloom_client.api.link import link_create
from worldloom_client.api.link_kind import link_kind_list
from worldloom_client.api.map_ import map_create
from worldloom_client.api.marker import marker_create
from worldloom_client.api.me import me_get
from worldloom_client.api.persona import persona_by_id, persona_create, persona_list, persona_update
from worldloom_client.api.search import search_query
from worldloom_client.api.world import world_create, world_export, world_import
from worldloom_client.models import (
    Image,
    ImageCreateFilesBody,
    LinkCreateBody,
    LinkKindMeaningType0,
    MapCreateBody,
    MarkerCreateBody,
    MarkerCreateBodyShape,
    Persona,
    PersonaCreateBody,
    PersonaUpdateBody,
    Problem,
    SearchQueryKindsItem,
    WorldCreateBody,
)
from worldloom_client.types import File

URL = os.environ["WORLDLOOM_URL"] + "/api/v1"


def connect(key: str) -> AuthenticatedClient:
    return AuthenticatedClient(base_url=URL, token=key, raise_on_unexpected_status=True)


client = connect(os.environ["WORLDLOOM_API_KEY"])


def png(width: int, height: int) -> bytes:
    """A grey picture, https://www.w3.org/TR/png-3/."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class InAWorld(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.world = world_create.sync(client=client, body=WorldCreateBody(name=f"Lagoon {uuid4()}"))

    def persona(self, name: str) -> Persona:
        made = persona_create.sync(client=client, body=PersonaCreateBody(world_id=self.world.id, name=name))
        self.assertIsInstance(made, Persona)
        return made

    def image(self, data: bytes, **fields: str) -> Image:
        file = File(payload=io.BytesIO(data), file_name="harbour.png", mime_type="image/png")
        made = image_create.sync(
            client=client, body=ImageCreateFilesBody(file=file, world_id=self.world.id, **fields)
        )
        self.assertIsInstance(made, Image)
        return made

    def test_what_is_created_is_read_back_as_it_was_sent(self) -> None:
        made = self.persona("Ísolde 🜁 «the second»")
        read = persona_by_id.sync(made.id, client=client)
        self.assertEqual(read.name, "Ísolde 🜁 «the second»")
        self.assertEqual(read.created_at, made.created_at)
        raw = persona_by_id.sync_detailed(made.id, client=client)
        self.assertEqual(set(json.loads(raw.content)), set(raw.parsed.to_dict()))

    def test_a_change_says_which_version_it_is_made_on(self) -> None:
        made = self.persona("Bram")
        tag = persona_by_id.sync_detailed(made.id, client=client).headers["etag"]
        body = PersonaUpdateBody(description="A lighthouse keeper.")
        changed = persona_update.sync(made.id, client=client, body=body, if_match=tag)
        self.assertEqual((changed.description, changed.version), ("A lighthouse keeper.", made.version + 1))
        late = persona_update.sync(
            made.id, client=client, body=PersonaUpdateBody(description="A smuggler."), if_match=tag
        )
        self.assertIsInstance(late, Problem)
        self.assertEqual(late.status, 412)
        self.assertEqual(late.reason["current"]["description"], "A lighthouse keeper.")

    def test_a_creation_that_is_tried_again_is_made_once(self) -> None:
        body, key = PersonaCreateBody(world_id=self.world.id, name="Once"), str(uuid4())
        first, second = (persona_create.sync(client=client, body=body, idempotency_key=key) for _ in range(2))
        self.assertEqual(first.id, second.id)

    def test_lists_go_on_until_there_is_no_cursor(self) -> None:
        names = {self.persona(f"Of many {number}").name for number in range(7)}
        found, cursor = [], {}
        while True:
            page = persona_list.sync(client=client, world_id=self.world.id, limit=3, search="many", **cursor)
            found += [item.name for item in page.items]
            if page.next_cursor is None:
                break
            cursor = {"cursor": page.next_cursor}
        self.assertEqual((set(found), len(found)), (names, len(names)))

    def test_search_takes_lists_of_kinds(self) -> None:
        made = self.persona("Halloran")
        kinds = [SearchQueryKindsItem.PERSONA, SearchQueryKindsItem.LOCATION]
        hits = search_query.sync(client=client, world_id=self.world.id, text="Halorran", kinds=kinds)
        self.assertEqual([hit.id for hit in hits.items], [made.id])

    def test_links_maps_and_their_markers(self) -> None:
        one, two = self.persona("Mother"), self.persona("Child")
        kinds = link_kind_list.sync(self.world.id, client=client).items
        kind = next(kind for kind in kinds if kind.meaning == LinkKindMeaningType0.PARENT)
        body = LinkCreateBody(link_kind_id=kind.id, from_id=one.id, to_id=two.id)
        link = link_create.sync(self.world.id, client=client, body=body)
        self.assertEqual((link.from_id, link.to_id), (one.id, two.id))
        drawn = map_create.sync(
            self.world.id, client=client, body=MapCreateBody(name="Harbour", image_id=self.image(png(64, 48)).id)
        )
        points = [[0.1, 0.2], [0.5, 0.25], [0.3, 0.75]]
        body = MarkerCreateBody(label="Shoals", shape=MarkerCreateBodyShape.AREA, points=points)
        marker = marker_create.sync(drawn.id, client=client, body=body)
        self.assertEqual(marker.points, points)

    def test_files_go_up_and_come_down(self) -> None:
        data = png(64, 48)
        image = self.image(data, alt_text="Boats")
        self.assertEqual((image.width, image.height, image.alt_text), (64, 48, "Boats"))
        read = image_get_file.sync(image.id, client=client).payload.read()
        # Images are written anew, so that nothing but the picture is kept.
        self.assertEqual((read[:8], read[16:24]), (data[:8], data[16:24]))

    def test_a_world_is_exported_and_imported(self) -> None:
        self.persona("Traveller")
        archive = world_export.sync(self.world.id, client=client)
        name = f"Again {uuid4()}"
        imported = world_import.sync(client=client, body=archive, name=name)
        self.assertNotIsInstance(imported, Problem, imported)
        people = persona_list.sync(client=client, world_id=imported.id, search="Traveller")
        self.assertEqual([item.name for item in people.items], ["Traveller"])

    def test_everything_that_a_world_lists_is_understood(self) -> None:
        """Each operation that needs no more than a world, as it has to read whatever comes."""
        self.persona("Somebody")
        tried = 0
        for _, name, is_package in pkgutil.walk_packages(api.__path__, api.__name__ + "."):
            operation = None if is_package else import_module(name)
            if operation is None or "body" in inspect.signature(operation._get_kwargs).parameters:
                continue
            parameters = inspect.signature(operation._get_kwargs).parameters
            needed = {key for key, value in parameters.items() if value.default is inspect.Parameter.empty}
            reads = name.endswith(("_list", "_overview", "_tally", "_progress", "_placeholders", "_trash", "_check", "_world"))
            if not reads or not needed <= {"world_id"}:
                continue
            with self.subTest(name):
                answer = operation.sync_detailed(client=client, **dict.fromkeys(needed, self.world.id))
                self.assertIn(answer.status_code, (200, 403), answer.content)
                if answer.status_code == 200:
                    self.assertNotIsInstance(answer.parsed, (Problem, type(None)))
                    tried += 1
        self.assertGreater(tried, 20)


class Refusals(unittest.TestCase):
    def test_what_is_not_there_is_a_problem_and_no_exception(self) -> None:
        problem = persona_by_id.sync(UUID(int=0), client=client)
        self.assertIsInstance(problem, Problem)
        self.assertEqual(problem.status, 404)
        self.assertTrue(problem.detail.endswith("."))

    def test_a_wrong_key_is_refused_and_not_repeated(self) -> None:
        key = "wl_" + "a" * 43
        answer = me_get.sync_detailed(client=connect(key))
        self.assertEqual(answer.parsed.status, 401)
        self.assertNotIn(key, answer.content.decode())

    def test_input_that_is_wrong_says_which_field(self) -> None:
        problem = world_create.sync(client=client, body=WorldCreateBody(name=""))
        self.assertEqual(problem.status, 400)
        self.assertIn("name", problem.reason["fields"])


if __name__ == "__main__":
    unittest.main()
