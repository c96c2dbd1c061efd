"""Pages of the API. Pages of HTML use Django's own Paginator with the same size."""

from rest_framework.pagination import PageNumberPagination

PAGE_SIZE = 50


class Pages(PageNumberPagination):
    """`count` is the true total; `page_size` may be asked for, up to 1,000."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = 1000
