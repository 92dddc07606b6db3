"""A picture before it is public: for those who see the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hue.media import files
from hue.media.models import Picture
from hue.people.gate import may
from hue.people.roles import Permission


@may(Permission.SEE_DESK)
def preview(request: HttpRequest, pk: str, width: int) -> HttpResponse:
    """The size asked for, or the next larger one."""
    picture = get_object_or_404(Picture, pk=pk)
    widths = sorted(int(known) for known in picture.sizes)
    fitting = next((known for known in widths if known >= width), widths[-1])
    file = files.where(picture.sizes[str(fitting)])
    if not file.exists():
        raise Http404("The file of this picture is missing.")
    headers = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(file.read_bytes(), content_type="image/jpeg", headers=headers)
