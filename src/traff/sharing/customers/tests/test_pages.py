"""Where customers meet people: their list, beside posts, while one writes, on a colleague's page and one's own."""

from django.test import Client

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.registering import take_over
from traff.sharing.customers.tests.conftest import lived


def listed(client: Client, query: str = "") -> list[str]:
    return [line.subject.name for line in client.get(f"/customers/{query}").context["lines"]]


def test_the_list_is_narrowed_by_words_and_sector(client: Client, astrid: Person, gosta: Person, mill: Customer) -> None:
    port, gone = Customer(name="Älvkaj", sector="Hamnar", place="Göteborg"), Customer(name="Avfall", sector="Hamnar")
    take_over([port, gone])
    gone.gone_at = gone.registered_at
    gone.save()
    client.force_login(astrid)
    assert listed(client) == ["Lillåbruket", "Älvkaj", "Avfall"], "by the alphabet, those gone from the register last"
    assert listed(client, "?q=lillå") == ["Lillåbruket"] and listed(client, "?q=göteborg") == ["Älvkaj"]
    assert listed(client, "?sector=Hamnar") == ["Älvkaj", "Avfall"] and listed(client, "?sector=Rymd&page=x") == listed(client)
    assert "borta ur registret" in client.get(gone.get_absolute_url()).content.decode()
    client.force_login(gosta)
    assert listed(client) == []


def test_long_lists_turn_their_pages(client: Client, astrid: Person) -> None:
    take_over([Customer(name=f"Kund {n:02d}", sector="Handel") for n in range(45)])
    client.force_login(astrid)
    page = client.get("/customers/?sector=Handel").context
    assert len(page["lines"]) == 40 and page["older_url"] == "?q=&sector=Handel&page=2"
    assert listed(client, page["older_url"]) == [f"Kund {n}" for n in range(40, 45)]


def test_a_post_shows_the_customers_it_names(client: Client, astrid: Person, bjorn: Person, mill: Customer) -> None:
    post = Post.publish(by=bjorn, kind="update", body="<p>Lillåbrukets panna.</p>")
    client.force_login(astrid)
    page = client.get(post.get_absolute_url()).content.decode()
    assert f'href="{mill.get_absolute_url()}"' in page and "Kunder som nämns här" in page


def test_while_one_writes_the_customer_is_a_click_away(client: Client, astrid: Person, mill: Customer) -> None:
    client.force_login(astrid)
    said = client.post("/panel/", {"title": "Till Lillåbruket på torsdag", "body": "Vad ska jag ta med?"}).content.decode()
    assert f'href="{mill.get_absolute_url()}"' in said
    assert "/customers/" not in client.post("/panel/", {"title": "Till skogen", "body": ""}).content.decode()


def test_a_colleagues_page_and_ones_own(client: Client, astrid: Person, bjorn: Person, mill: Customer) -> None:
    project = Project(name="Nya pannan", customer=mill)
    take_over([project])
    lived(bjorn, project, kind="delivered", since=2021, until=2022)
    lived(bjorn, mill, reach="unnamed", text="Tyst")
    client.force_login(astrid)
    page = client.get(bjorn.get_absolute_url()).content.decode()
    assert "Nya pannan" in page and "Lillåbruket" not in page
    assert "(Nya pannan)" in client.get(mill.get_absolute_url()).content.decode(), "near the customer he may be asked"
    client.force_login(bjorn)
    page = client.get("/me/").content.decode()
    assert "Nya pannan" in page and "Tyst" in page


def test_search_meets_a_customer_by_its_alias(client: Client, astrid: Person, mill: Customer) -> None:
    client.force_login(astrid)
    page = client.get("/search/?q=lillå").content.decode()
    assert f'href="{mill.get_absolute_url()}"' in page
    assert f'href="{mill.get_absolute_url()}"' in client.get("/search/complete/?q=Lillåb").content.decode()


def test_nobody_has_told_anything_yet(client: Client, astrid: Person, mill: Customer) -> None:
    client.force_login(astrid)
    assert "Ingen har berättat om dem än." in client.get(mill.get_absolute_url()).content.decode()
    for path in ("/acquaintances/", "/approaches/", "/introductions/"):
        assert 'class="empty"' in client.get(path).content.decode()
    assert mill.audience == Audience.objects.everyone()
