"""The pages: who reads, who freezes, the table, the check, the file."""

from linshu.statistics.models import AnnualStatistics

LIST = "/statistics/"


def test_who_reads_the_whole_county_reads_the_years(frozen, tree, client_with, page_ok):
    url = f"{LIST}{frozen.pk}/"
    viewer = client_with("county_viewer", tree.county)

    assert "2025 年" in page_ok(viewer.get(LIST)) and "封存一个年度" not in page_ok(viewer.get(LIST))
    html = page_ok(viewer.get(url))
    assert "乙社区" in html and frozen.fingerprint in html and "2025年12月31日" in html
    street = client_with("street_officer", tree.street)
    assert street.get(LIST).status_code == 403
    assert street.get(url).status_code == 404
    assert f'href="{LIST}"' not in page_ok(street.get("/members/"))


def test_the_county_freezes_a_year_that_is_over(tree, members, client_with, page_ok):
    client = client_with("county_admin", tree.county)
    assert "2025 年（12 月 31 日）" in page_ok(client.get(f"{LIST}freeze/"))
    answer = client.post(f"{LIST}freeze/", {"organization": tree.county.pk, "year": "2025"})
    frozen = AnnualStatistics.objects.get()

    assert answer["Location"] == f"{LIST}{frozen.pk}/"
    again = page_ok(client.post(f"{LIST}freeze/", {"organization": tree.county.pk, "year": "2025"}), 422)
    assert "缘由" in again
    assert "没有这个选项" in page_ok(
        client.post(f"{LIST}freeze/", {"organization": tree.county.pk, "year": "2026"}), 422
    )


def test_others_do_not_freeze(tree, client_with):
    viewer = client_with("county_viewer", tree.county)
    assert viewer.get(f"{LIST}freeze/").status_code == 403
    assert viewer.post(f"{LIST}freeze/", {"organization": tree.county.pk, "year": "2025"}).status_code == 403


def test_the_check_says_what_differs(frozen, tree, members, client_with, page_ok):
    client = client_with("county_viewer", tree.county)
    assert "都与封存的相同" in page_ok(client.get(f"{LIST}{frozen.pk}/check/"))
    members[0].person.sex = "2"
    members[0].person.save()
    html = page_ok(client.get(f"{LIST}{frozen.pk}/check/"))
    assert "女党员" in html and "个数字不同" in html


def test_the_file_is_the_frozen_one(frozen, tree, client_with):
    answer = client_with("county_viewer", tree.county).get(f"{LIST}{frozen.pk}/file/")
    assert len(b"".join(answer.streaming_content)) == frozen.file.size
    assert answer["Cache-Control"] == "private, no-store"


def test_the_entry_is_in_the_navigation_of_who_reads(tree, client_with, page_ok):
    assert f'href="{LIST}"' in page_ok(client_with("county_viewer", tree.county).get(LIST))
